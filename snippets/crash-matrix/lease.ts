import { givenServer } from "../support/check-server.ts";
import { startDevServer } from "../support/dev-server.ts";
import { program } from "../support/program.ts";
import { outlast } from "./outlast.ts";

const USAGE = `\
usage: npx tsx snippets/crash-matrix/lease.ts [--id ID]

Has a step outlast its lease: begun by run and by rpc, on a server of
its own, unless RESONATE_URL names one, and in memory, where it ends
nothing: there it stops at the fourth call. Takes some ten seconds.`;

const options = { id: { type: "string", default: "lease" } } as const;
await program(USAGE, { options }, async ({ values }) => {
  const given = await givenServer();
  process.env["RESONATE_URL"] = ""; // no URL is to mean in memory
  const server = given ? undefined : await startDevServer();
  const url = given || server?.url;
  const { id } = values;

  // #region lease
  const all = await Promise.all([
    outlast("run", `${id}-run`, url),
    outlast("rpc", `${id}-rpc`, url),
    outlast("rpc", `${id}-rpc-in-memory`),
  ]);
  const calls = all.map((each) => each.calls);
  if (calls.includes(0))
    throw new Error(`${id} is taken here: give another by --id`);

  const names = ["run", "rpc", "rpc in memory"];
  for (const [index, { calls, entries, ends }] of all.entries()) {
    const how = String(names[index]).padEnd(15);
    const times = `called ${calls} ${calls === 1 ? "time " : "times"}`;
    const end = ends ? "" : ", and no end";
    console.log(`${how}${times}   ${entries.join(", ")}${end}`);
  }
  // #endregion lease
  await server?.stop();
  if (calls.join() !== "2,1,4") throw new Error("not as the page says");
});
