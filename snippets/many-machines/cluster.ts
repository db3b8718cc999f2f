import { randomInt } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import pMap from "p-map";
import pRetry, { AbortError } from "p-retry";
import { program, progress } from "../support/program.ts";
import { kill } from "../support/start-process.ts";
import {
  checkMade,
  countOf,
  openGroup,
  type Program,
} from "./group.ts";

const USAGE = `\
usage: npm run cluster [-- --kill] [--transfers <number>] [--id <text>]

Starts a server, three workers and a front, and orders 300 transfers of
the front. RESONATE_URL, DATABASE_URL and LEDGER_URL name what is not to
be ours. A server with a memory takes an --id once.

  --kill  kills one of the four with SIGKILL every second, whichever
          chance says, and starts another in its place`;

const options = {
  kill: { type: "boolean", default: false },
  transfers: { type: "string", default: "300" },
  id: { type: "string", default: "cluster" },
} as const;
await program(USAGE, { options }, async ({ values }) => {
  const count = countOf(values["transfers"]);
  const group = `${values["id"]}`;
  const { db, start, close } = await openGroup(group, count);

  // #region cluster
  const startOne = async (program: Program) => ({
    program,
    ...(await start(program)),
  });
  const front = await startOne("front.ts");
  const running = [
    front,
    await startOne("worker.ts"),
    await startOne("worker.ts"),
    await startOne("worker.ts"),
  ];
  process.send?.("up"); // to who started it
  let [killed, ended] = [0, 0];
  const killing = async () => {
    while (values["kill"] && ended < count) {
      await setTimeout(1_000);
      const one = running[randomInt(running.length)] ?? front;
      await kill(one.child);
      killed += 1;
      Object.assign(one, await start(one.program));
    }
  };

  const toFront = (path: string, init?: RequestInit) =>
    pRetry(
      async () => {
        const answer = await fetch(`${front.word}${path}`, init);
        const said = await answer.json();
        if (!answer.ok && answer.status < 500)
          throw new AbortError(said.problem);
        if (answer.ok && said.status !== "running") return said;
        throw new Error("not yet");
      },
      {
        retries: Number.POSITIVE_INFINITY,
        minTimeout: 100, // milliseconds
        maxTimeout: 1_000,
      },
    );
  const transfer = {
    source: "alice",
    target: "bob",
    amountCents: 1_00,
  };
  const load = pMap(
    Array.from({ length: count }, (_, nth) => `${group}-${nth}`),
    async (id) => {
      const body = JSON.stringify({ id, ...transfer });
      await toFront("/transfers", { method: "POST", body });
      const { status } = await toFront(`/transfers/${id}`);
      progress(`${++ended} of ${count} have ended, ${killed} killed`);
      return status as string;
    },
    { concurrency: 32 },
  );
  const [ends] = await Promise.all([load, killing()]);
  // #endregion cluster
  for (const { child } of running)
    if (child.connected) child.disconnect();
  console.log(
    `${count} transfers, 3 workers, a front, ${killed} killed`,
  );
  await checkMade(db, count, ends).finally(close);
});
