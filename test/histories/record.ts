import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Resonate } from "@resonatehq/sdk";
import { recordHistory } from "../../snippets/changing/record-history.ts";
import type { Saga } from "../../snippets/changing/replay-history.ts";
import type { Scenario } from "../../snippets/crash/scenario.ts";
import { Simulation } from "../../snippets/crash/simulation.ts";
import { startInProcess } from "../../snippets/crash/start-in-process.ts";
import { program } from "../../snippets/support/program.ts";
import { openLedger } from "../../snippets/transfer/open-ledger.ts";
import { sagas, waysOf } from "./sagas.ts";

const USAGE = `\
usage: npm run histories

Records a run of each saga on each of its paths, to test/histories, where npm
test replays it. What is recorded stays as it is: to record it anew, when a
change breaks no run that is under way, delete its file.`;

/** A run of this saga on this path, as the engine has recorded it. */
async function recordOn(
  saga: Saga,
  scenario: Scenario,
  path: Scenario["paths"][string],
) {
  const run = await Simulation.begin(scenario, path, () => openLedger());
  const { network } = run.server;
  const client = new Resonate({ network, logLevel: "error" });
  try {
    await run.work(startInProcess(scenario), () => "answered");
    return await recordHistory(saga, client.promises, scenario.id);
  } finally {
    await client.stop();
    await run.close();
  }
}

await program(USAGE, {}, async () => {
  let count = 0;
  for (const [name, { saga, scenario }] of Object.entries(sagas)) {
    const folder = join("test/histories", name);
    mkdirSync(folder, { recursive: true });
    for (const { path, file } of waysOf(scenario)) {
      const to = join(folder, file);
      if (existsSync(to)) continue;
      const history = await recordOn(
        saga,
        scenario as unknown as Scenario,
        path as Scenario["paths"][string],
      );
      writeFileSync(to, `${JSON.stringify(history, null, 2)}\n`);
      console.log(to);
      count += 1;
    }
  }
  console.log(`${count} recorded`);
});
