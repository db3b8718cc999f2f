/** The dev server as a process of its own, which says its address. */
import { startDevServer } from "../../snippets/support/dev-server.ts";

const { url } = await startDevServer();
process.send?.(url);
process.on("disconnect", () => process.exit()); // its parent is gone
