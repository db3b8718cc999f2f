import { expect, test } from "vitest";
import { isRefused } from "#snippets/crash/attend.ts";
import { fromLink } from "#snippets/crash-lab/plan.ts";
import { playOut } from "#snippets/crash-lab/play-out.ts";
import type { Frame } from "#snippets/crash-lab/record.ts";
import { playBoth } from "#snippets/who-does-what/row.ts";
import { rows } from "#snippets/who-does-what/rows.ts";
import { output, outputs } from "../docs/notebook.ts";
import { labPlan } from "../docs/pictures/lab-plan.ts";
import { frameAt, record } from "../docs/pictures/record.ts";
import { recordNaive } from "../docs/pictures/record-naive.ts";
import { sequence, WIDTH } from "../docs/pictures/sequence.ts";
import { standing } from "../docs/pictures/standing.ts";
import { moneyOf, twoLedgers } from "../docs/pictures/two-ledgers.ts";
import { speakerOf } from "../docs/speakers.mjs";
import { pages } from "../docs/uses.ts";
import matrix from "./outputs/crash-matrix.json";
import { openDatabase } from "./support/simulate.ts";

/** Each row of the crash matrix, and the plan that it leads to. */
const deaths = matrix.deaths
  .filter(({ path }) => path === "accepts" || path === "rejects")
  .map((death) => ({ ...death, plan: labPlan(death) }));

/** The attributes of each of these components on the pages. */
const drawn = (component: string) =>
  Object.entries(pages).flatMap(([page, text]) =>
    [...text.matchAll(new RegExp(`<${component}\\b([^>]*)/>`, "g"))].map(
      ([, attributes = ""]) => ({
        page,
        plan: / plan="([^"]*)"/.exec(attributes)?.[1],
        at: / at="([^"]*)"/.exec(attributes)?.[1] ?? "end",
      }),
    ),
  );

test("what a picture shows that a dead worker leaves is what the crash matrix found there", async () => {
  expect(deaths).toHaveLength(40);
  for (const { plan, written, steps, end } of deaths) {
    const recording = await record(plan);
    const { entries, promises } = frameAt(recording, "1:dead").snapshot;
    expect(
      entries.map(({ kind }) => kind),
      plan,
    ).toEqual(written);
    const [, ...states] = promises.map(({ state }) => state);
    expect(states, plan).toEqual(steps);
    expect(recording.answers[0]?.status, plan).toBe(end);
  }
});

test("a row of the crash matrix leads to a plan that the lab accepts: that death alone, on that path", async () => {
  for (const { plan, path, point } of deaths) {
    expect(fromLink(plan)).toEqual({
      amountCents: 50_00,
      meets: path === "rejects" ? "closed" : "open",
      without: undefined,
      faults: [point],
    });
    const { frames } = await record(plan);
    const { fate, name } = frameAt({ frames }, "1:dead").history.at(-1) ?? {};
    expect(`${fate}:${name}`).toBe(point);
  }
});

test("in a picture a worker's line ends where it dies, and its lease and the next worker come after", async () => {
  const twice =
    "amount=5000&meets=closed&fault=before:write-reversal&fault=after:write-reversal";
  for (const plan of [...deaths.map((death) => death.plan), twice]) {
    const recording = await record(plan);
    const { arrows, lives, marks } = sequence(recording);
    const killed = lives.filter(({ stop }) => stop === "killed");
    expect(killed, plan).toHaveLength(fromLink(plan).faults.length);
    for (const [n, { worker, top, bottom, lease, stop }] of lives.entries()) {
      const own = arrows.filter((it) => it.worker === worker).map(({ y }) => y);
      expect(Math.min(...own, bottom), plan).toBeGreaterThan(top);
      expect(Math.max(...own, top), plan).toBeLessThan(bottom);
      const next = lives[n + 1]?.top ?? Number.POSITIVE_INFINITY;
      if (stop && lease) expect(lease.bottom, plan).toBeGreaterThan(bottom);
      expect(lease?.bottom ?? bottom, plan).toBeLessThanOrEqual(next);
    }
    const { entries } = frameAt(recording, "end").snapshot;
    const written = marks.filter(({ kind }) => kind === "there");
    expect(written, plan).toHaveLength(entries.length);
  }
});

test("a picture grows with each call, and no call is in it before it was made", async () => {
  const plan = "amount=5000&fault=after:write-debit&fault=frozen:write-credit";
  const recording = await record(plan);
  const { frames } = recording;
  const all = sequence(recording).arrows;
  for (const [at, frame] of frames.entries()) {
    const seen = frames.slice(0, at + 1);
    const { arrows } = sequence({ ...frame, frames: seen });
    const open = frame.history.filter(
      ({ fate, answer }) => !fate || isRefused(answer),
    );
    const done = arrows.filter(({ isOpen }) => !isOpen);
    expect(arrows.length - done.length, frame.at).toBe(open.length);
    expect(done, frame.at).toEqual(all.slice(0, done.length));
  }
});

test("a picture shows what comes after the end: from whom, that the server refuses it, and the money that it makes", async () => {
  const drawnOf = async (plan: string) => {
    const { lives, texts, arrows } = sequence(await record(plan));
    const words = texts.map((it) => it.words);
    return { lives, words, texts, arrows };
  };
  const frozen = await drawnOf("amount=5000&fault=frozen:write-credit");
  expect(frozen.lives.map(({ worker, stop }) => [worker, stop])).toEqual([
    [1, "frozen"],
    [2, undefined],
    [1, undefined],
  ]);
  expect(frozen.words).toContain("frozen before it can");
  expect(frozen.words.at(-2)).toBe("refused: lease passed");
  expect(frozen.words.at(-1)).toBe("200.00 of 200.00");

  const held = await drawnOf(
    "amount=5000&without=unique-key&fault=held:write-debit",
  );
  expect(held.lives.map(({ worker, stop }) => [worker, stop])).toEqual([
    [1, "killed"],
    [2, undefined],
    [1, undefined],
  ]);
  expect(held.words).toContain("killed, and its call");
  const money = held.texts.filter(({ words }) => words.includes(" of "));
  expect(money.map(({ words, tone }) => [words, tone])).toEqual([
    ["200.00 of 200.00", "even"],
    ["150.00 of 200.00", "uneven"],
  ]);
  const isOpen = held.arrows.filter((it) => it.isOpen);
  expect(isOpen).toHaveLength(1);
});

test("a picture says why a write wrote nothing: the entry is there already, or the account is closed", async () => {
  const whyIn = async (plan: string) =>
    sequence(await record(plan))
      .texts.map(({ words }) => words)
      .filter((words) => /already|closed/.test(words));
  expect(await whyIn("amount=5000&fault=after:write-debit")).toEqual([
    "it is there already",
  ]);
  expect(await whyIn("amount=5000&meets=closed")).toEqual([
    "the account is closed",
  ]);
  expect(await whyIn("amount=5000")).toEqual([]);
});

test("a picture fits a phone: at most 330 pixels, and no more words than fit between two lines", async () => {
  expect(WIDTH).toBeLessThanOrEqual(330);
  for (const { plan } of deaths)
    for (const { words } of sequence(await record(plan)).texts)
      expect(words.length, words).toBeLessThanOrEqual(22);
});

test("every picture on a page is of a transfer that takes place, at a moment that it has", async () => {
  const all = [...drawn("Sequence"), ...drawn("Standing")];
  expect(all.length).toBeGreaterThan(0);
  for (const { page, plan, at } of all)
    await expect(
      (plan ? record(plan) : recordNaive()).then((it) => frameAt(it, at)),
      page,
    ).resolves.toBeDefined();
  await expect(record("amount=1&fault=after:write-reversal")).rejects.toThrow(
    "no worker gets to after:write-reversal",
  );
  const recording = await record("amount=1");
  expect(() => frameAt(recording, "1:dead")).toThrow(
    'no picture "1:dead"; there are 1:take-run, 1:begin-debit',
  );
});

test("every link to a run in the lab is to one that takes place", async () => {
  const links = Object.values(pages).flatMap((text) =>
    [...text.matchAll(/\/crash-lab\/#(amount=[^)\s"]*)/g)].map(
      ([, it]) => `${it}`,
    ),
  );
  expect(links.length).toBeGreaterThan(1);
  for (const link of links)
    await expect(
      playOut(openDatabase, fromLink(link)),
      link,
    ).resolves.toBeDefined();
});

test("how each step stands is told of the worker, the ledger and the server alike", async () => {
  const rowsOf = (frame: Frame) =>
    standing(frame).rows.map(({ step, word, entry, record: state }) =>
      [step, word, entry?.amountCents, state].join(" "),
    );
  const plan = "amount=5000&meets=closed&fault=before:write-reversal";
  const recording = await record(plan);
  const told = (at: string) => rowsOf(frameAt(recording, at));
  expect(told("1:begin-credit")).toEqual([
    "debit done -5000 done",
    "credit is at it  ",
  ]);
  const replayed = [
    "debit on record, not called -5000 done",
    "credit refused, on record  rejected",
  ];
  expect(told("1:dead")).toEqual([
    "debit done -5000 done",
    "credit refused  rejected",
    "reversal died here  begun",
  ]);
  expect(told("2:write-reversal")).toEqual([
    ...replayed,
    "reversal is at it  begun",
  ]);
  expect(told("end")).toEqual([...replayed, "reversal done 5000 done"]);

  const naive = frameAt(await recordNaive(), "1:dead");
  expect(rowsOf(naive)).toEqual(["debit done -5000 ", "credit died here  "]);
  expect(naive.snapshot).toMatchObject({
    heldCents: 150_00,
    seededCents: 200_00,
  });
  expect(standing(naive).run).toBe("nothing");
});

test("a lab on Failure modes is set to the crash that is drawn above it", () => {
  const page = ({ page }: { page: string }) =>
    page.endsWith("failure-modes/index.mdx");
  const pictures = drawn("Sequence").filter(page);
  const labs = drawn("CrashLab").filter(page);
  expect(pictures.length).toBeGreaterThan(0);
  expect(labs.map(({ plan }) => plan)).toEqual([
    ...pictures.map(({ plan }) => plan),
    "amount=5000", // the same id twice: nobody dies
  ]);
});

test("two ledgers are drawn as they were printed, and each sum is that of its entries", async () => {
  const printed = [...outputs.keys()].filter((path) =>
    path.startsWith("test/outputs/without-"),
  );
  expect(printed).toHaveLength(Object.keys(rows).length);
  for (const [name, row] of Object.entries(rows)) {
    const drawn = twoLedgers(output("", `without-${name}`).printed);
    expect(drawn?.happens, name).toBe(row.happens.replaceAll("\n", " "));
    const played = Object.values(await playBoth(row));
    const { ledgers = [] } = drawn ?? {};
    expect(ledgers.map(({ heldCents }) => heldCents)).toEqual(
      played.map(({ heldCents }) => heldCents),
    );
    for (const [n, ledger] of ledgers.entries()) {
      expect(ledger.entries, name).toEqual(
        played[n]?.entries.map(({ kind, account, amountCents }) => ({
          kind,
          account,
          cents: amountCents,
        })),
      );
      expect(played[n]?.status.split(":")[0], name).toBe(ledger.outcome);
      const { alice, bob, uneven } = moneyOf(ledger);
      expect(alice + bob, name).toBe(ledger.heldCents);
      expect(ledger.seededCents + uneven, name).toBe(ledger.heldCents);
      expect(ledger.seededCents, name).toBe(200_00);
    }
  }
  expect(twoLedgers(output("", "demo").printed)).toBeUndefined();
});

test("in an output it is told apart who speaks, and a death and a wrong sum stand out", () => {
  const said = {
    "worker 1  debit: applied": "worker-1",
    "  worker 2: compensated": "worker-2",
    "worker 3  reversal: already applied": "worker-3",
    "  server  dies-between:0 resolved applied": "server",
    "  ledger  debit    alice  -50.00": "ledger",
    "  ledger  all accounts hold 200.00 of 200.00": "ledger",
    "  ledger  all accounts hold 150.00 of 200.00": "uneven",
    "  alice 200.00  bob 50.00  sum 250.00 of 200.00": "uneven",
    "  alice 200.00  bob 0.00  sum 200.00 of 200.00": undefined,
    "missing: 50.00": "uneven",
    "          killed with SIGKILL": "dead",
    "client    is told: committed": undefined,
    "workers are processes": undefined,
    "": undefined,
  };
  for (const [line, kind] of Object.entries(said))
    expect(speakerOf(line), line).toBe(kind);
  const { printed } = output("", "dies-reversing");
  const kinds = new Set(printed.split("\n").map(speakerOf));
  expect(kinds.size).toBe(8);
});
