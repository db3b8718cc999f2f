import { Resonate } from "@resonatehq/sdk";

process.on("disconnect", () => process.exit()); // its parent is gone

// #region client
const [url = "", group = "", order = ""] = process.argv.slice(2);
const transfer = JSON.parse(order);

const resonate = new Resonate({ url, group: `${group}-client` });
const answer = await resonate.rpc(
  transfer.id,
  "transferMoney",
  transfer,
  resonate.options({ target: group }),
);
process.send?.(answer, () => process.exit());
// #endregion client
