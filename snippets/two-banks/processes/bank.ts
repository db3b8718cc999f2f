import { openLedger } from "../../transfer/open-ledger.ts";
import { serveBank } from "../serve-bank.ts";

// #region bank
/** A bank, which another program starts, over the ledger in a file. */
const { url } = await serveBank(openLedger(process.argv[2]));
process.send?.(url);
process.on("disconnect", () => process.exit()); // its parent is gone
// #endregion bank
