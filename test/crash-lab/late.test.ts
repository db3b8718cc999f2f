import { setTimeout } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { isRefused } from "#snippets/crash/attend.ts";
import { type Fate, fateAt, type Stop } from "#snippets/crash/crash-point.ts";
import { Simulation } from "#snippets/crash/simulation.ts";
import { startInProcess } from "#snippets/crash/start-in-process.ts";
import type { Called, Word } from "#snippets/crash/wire.ts";
import { asks } from "#snippets/crash-lab/asks.ts";
import { pathOf } from "#snippets/crash-lab/game.ts";
import { gameOf } from "#snippets/crash-lab/lab-scenario.ts";
import { fromLink } from "#snippets/crash-lab/plan.ts";
import { playOut } from "#snippets/crash-lab/play-out.ts";
import { startLab } from "#snippets/crash-lab/start-lab.ts";
import { story } from "#snippets/crash-lab/story.ts";
import { leftIn, type Told } from "#snippets/crash-lab/told.ts";
import { isStubborn } from "../../docs/lab/frame.ts";
import { openDatabase } from "../support/simulate.ts";

test("a worker that was frozen goes on when all is over: the server refuses its record, and nothing but the unique key its credit", async () => {
  for (const [without, cents] of [
    ["", 0],
    ["&without=unique-key", 50_00],
  ] as const) {
    const plan = fromLink(`amount=5000${without}&fault=frozen:write-credit`);
    const played = await playOut(openDatabase, plan);
    expect(played).toMatchObject({ cents, bobCents: 50_00 + cents });
    const end = played.history.findIndex(
      ({ name }) => name === "record-result",
    );
    const after = played.history.slice(end + 1);
    expect(after.map(({ worker }) => worker)).toEqual(after.map(() => 1));
    expect(after[0]?.name).toBe("write-credit");
    expect(after[0]?.answer).toMatchObject({ changes: cents ? 1 : 0 });
    const refused = after.filter(({ answer }) => isRefused(answer));
    expect(refused.map(({ name }) => name)).toEqual(["record-credit"]);
  }
});

test("a call that was held comes when all is over, and of its worker nothing is heard", async () => {
  const plan = fromLink("amount=5000&fault=held:write-debit");
  const { history, cents } = await playOut(openDatabase, plan);
  expect(cents).toBe(0);
  const mine = history.filter(({ worker }) => worker === 1);
  expect(mine.map(({ name, fate }) => `${name} ${fate}`)).toEqual([
    "take-run answered",
    "begin-debit answered",
    "write-debit held",
    "write-debit late",
  ]);
  expect(history.at(-1)).toBe(mine.at(-1));
  expect(mine.at(-1)?.answer).toMatchObject({ changes: 0 });
});

test("a call to the server that is held, or whose worker is frozen, is refused, and comes to what a death before it comes to", async () => {
  for (const meets of ["open", "closed", "closes", "opens"]) {
    const plan = { amountCents: 50_00, meets, faults: [] };
    const { history } = await playOut(openDatabase, plan);
    const toServer = history.filter(({ call }) => call.to === "server");
    expect(toServer.length).toBeGreaterThanOrEqual(6);
    for (const { name } of toServer) {
      const play = (stop: Stop) =>
        playOut(openDatabase, { ...plan, faults: [`${stop}:${name}`] });
      const { history: _, ...died } = await play("before");
      for (const stop of ["held", "frozen"] as const) {
        const { history, ...late } = await play(stop);
        expect(late, `${meets} ${stop}:${name}`).toEqual(died);
        const came = history.findLast((it) => it.name === name);
        expect(came).toMatchObject({ worker: 1 });
        expect(isRefused(came?.answer), `${stop}:${name}`).toBe(true);
      }
    }
  }
});

test("a frozen worker does not even say that it lives, and is ended with its simulation", async () => {
  const plan = fromLink("amount=5000");
  const { scenario, meeting } = gameOf(plan);
  const run = await Simulation.begin(scenario, pathOf(meeting), openDatabase);
  const worker = startInProcess(scenario);
  let hear = (_: Called) => {};
  const told: Word[] = [];
  let isEnded = false;
  await run.work(
    {
      ...worker,
      tell: (word) => {
        told.push(word);
        worker.tell(word);
      },
      onCall: (listen) => {
        hear = listen;
        worker.onCall(listen);
      },
      terminate: () => {
        isEnded = true;
        return worker.terminate();
      },
    },
    ({ name }) => fateAt("frozen:write-debit", name),
  );
  const { length } = told;
  const heartbeat = { kind: "task.heartbeat", head: {}, data: {} };
  hear({
    number: 99,
    call: { to: "server", method: "send", args: [heartbeat] },
  });
  await setTimeout(20);
  expect(told).toHaveLength(length);
  expect(isEnded).toBe(false);
  await run.close();
  expect(isEnded).toBe(true);
});

/** A lab of this plan in this process, up to where its worker stops. */
async function openLab(link: string) {
  const plan = fromLink(link);
  const next = () => startInProcess(gameOf(plan).scenario);
  const lab = await startLab({ openDatabase, next }, plan, () => {});
  onTestFinished(() => lab.close().catch(() => {}));
  const { history } = lab;
  async function decide(fate: Fate) {
    lab.decide(fate);
    for (let turns = 0; turns < 5; turns += 1) await setTimeout(1);
  }
  async function goTo(name: string) {
    await setTimeout(5);
    while (asks(history.at(-1) ?? { name: "" }) !== name)
      await decide("answered");
  }
  async function end() {
    await lab.skipWait();
    await setTimeout(5);
    while (!lab.answers.length) await decide("answered");
  }
  return { lab, history, decide, goTo, end };
}

test("in the lab a frozen worker waits for the reader after the end, and what it then does is told", async () => {
  const link = "amount=5000&without=unique-key";
  const { lab, history, decide, goTo, end } = await openLab(link);
  await goTo("write the credit");
  await decide("frozen");
  expect(leftIn(history)).toMatchObject({ worker: 1, fate: "frozen" });
  await end();
  const told = story(lab).length;
  const gone = lab.resume();
  await setTimeout(5);
  expect(history.at(-1)).toMatchObject({ worker: 1, name: "write-credit" });
  expect(leftIn(history)).toBeUndefined();
  await decide("answered");
  await decide("answered");
  await gone;
  expect(story(lab).slice(told - 1)).toEqual([
    "The transfer is committed.",
    "Worker 1 goes on, as if nothing had happened.",
    "Worker 1 writes the credit.",
    "Worker 1 asks to record the credit. The server refuses: the transfer is not its any more.",
  ]);
  expect(await lab.snapshot()).toMatchObject({ heldCents: 250_00 });
});

test("in the lab a held call comes after the end, to an account that may have changed, and a frozen worker that nobody lets go on is ended with the lab", async () => {
  const { lab, decide, goTo, end } = await openLab("amount=5000&meets=reopens");
  await goTo("write the credit");
  await decide("held");
  await end();
  expect(lab.answers).toMatchObject([{ status: "compensated" }]);
  await lab.resume();
  expect(story(lab).slice(-2)).toEqual([
    "The transfer is compensated: account bob is closed.",
    "The late call of worker 1 writes the credit.",
  ]);
  expect(await lab.snapshot()).toMatchObject({ heldCents: 250_00 });

  const other = await openLab("amount=5000");
  await other.goTo("write the debit");
  await other.decide("frozen");
  await other.end();
  await other.lab.close();
  await expect(other.lab.snapshot()).rejects.toThrow("not open");
});

test("a worker that asks again and again is told so each time, and not the first alone", () => {
  const moment = (name: string): Told => ({ worker: 1, name });
  const asking = (name: string) => ({ history: [moment(name)], answers: [] });
  expect(isStubborn(asking("write-credit"))).toBe(false);
  for (const nth of [2, 3, 12])
    expect(isStubborn(asking(`write-credit#${nth}`))).toBe(true);
  const over = { ...asking("write-credit#2"), answers: [{ status: "failed" }] };
  expect(isStubborn(over)).toBe(false);
});
