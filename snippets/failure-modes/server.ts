import { startDevServer } from "../support/dev-server.ts";
import { program } from "../support/program.ts";

const USAGE = `\
usage: npx tsx snippets/failure-modes/server.ts [--port 8001]

A stand-in for resonate dev, for this machine alone. It forgets
everything when it ends.`;

// #region server
const options = { port: { type: "string", default: "8001" } } as const;
await program(USAGE, { options }, async ({ values }) => {
  const port = String(values["port"]);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new Error(`--port takes a number up to 65535, not ${port}`);
  const { url } = await startDevServer(Number(port));
  console.log(`the dev server is up at ${url}; Ctrl-C ends it`);
});
// #endregion server
