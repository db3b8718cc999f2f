import { expect, test } from "vitest";
import type { Game, Meeting } from "#snippets/crash-lab/game.ts";
import { guards as ledgerGuards } from "#snippets/crash-lab/guards.ts";
import { play } from "#snippets/crash-lab/play.ts";
import { progress } from "#snippets/crash-lab/progress.ts";
import { story } from "#snippets/crash-lab/story.ts";
import { countIn, nextOf, type Schedule } from "#snippets/find-out/schedule.ts";
import { replay } from "#snippets/find-out/search.ts";
import { subjects } from "#snippets/find-out/subjects.ts";
import { twoBanks } from "#snippets/find-out/two-banks.ts";
import type { BankWorld } from "#snippets/two-banks/bank-world.ts";
import { closeBob, reopenBob } from "#snippets/two-banks/events.ts";
import { guards } from "#snippets/two-banks/guards.ts";
import { meetings } from "#snippets/two-banks/meetings.ts";
import { LANES, sequence } from "../../docs/pictures/sequence.ts";
import { type Harm, harms } from "../support/harms.ts";
import { openDatabase } from "../support/two-banks.ts";

const framesOf = (guard: string | undefined, schedule: Schedule) =>
  replay(twoBanks(guard), schedule, openDatabase);

async function centsOf(guard: string | undefined, { meets, faults }: Schedule) {
  const game = twoBanks(guard).gameOf(meetings[meets] as Meeting<BankWorld>);
  return (await play(game, faults, openDatabase)).cents;
}

/** The same, with one fault fewer: a change that is not met, too. */
function fewer({ meets, faults }: Schedule): Schedule[] {
  const without = [...faults.keys()].map((nth) => ({
    meets,
    // A second try is the first one, when the one before is not lost.
    faults: faults
      .toSpliced(nth, 1)
      .map((point) => point.replace("#2", "") as typeof point),
  }));
  return meets === "reopens"
    ? [...without, { meets: "closed", faults }]
    : without;
}

test.for(Object.keys(guards))(
  "between two banks each guard is missed by a schedule that with one fault fewer does no harm: %s",
  async (guard) => {
    const [cents, count, schedule] = harms[guard] as Harm;
    const meeting = meetings[schedule.meets] as Meeting<BankWorld>;
    expect(countIn(schedule.faults, meeting)).toEqual({
      faults: count,
      unmet: 0,
    });
    expect(await centsOf(guard, schedule)).toBe(cents);
    for (const each of fewer(schedule))
      expect(await centsOf(guard, each), JSON.stringify(each)).toBe(0);
    expect(await centsOf(undefined, schedule)).toBe(0);
  },
);

test("a message that is lost, late or repeated is told of, and a step whose answer was lost is not known to its worker", async () => {
  const lost = (
    await framesOf("asks-again", harms["asks-again"]?.[2] as Schedule)
  )
    .map((frame) => ({ ...frame, told: story(frame) }))
    .at(-1);
  expect(lost?.told.slice(-4)).toEqual([
    "Worker 1 asks to write the debit. It is done, and the answer is lost.",
    "Worker 1 records the debit.",
    "Worker 1 records the result.",
    "The transfer is refused.",
  ]);
  expect(progress(lost?.history ?? [])).toEqual([["unknown", "", ""]]);
  expect(lost?.snapshot.entries).toMatchObject([{ opId: "t1-debit" }]);

  const held = await framesOf(undefined, {
    meets: "closed",
    faults: ["request held:make-credit"],
  });
  const [end, late] = held.slice(-2);
  if (!end || !late) throw new Error("too few frames");
  expect(story(late).slice(story(end).length)).toEqual([
    "The late call of worker 1 asks to write the credit, which bob's closed account refuses.",
  ]);
  expect(story(late)).toContain(
    "That nothing is known of the credit is on record: worker 1 is told so.",
  );
  expect(progress(late.history)).toEqual([["done", "rejected", "done"]]);
  expect(story(late).join(" ")).not.toContain("The server refuses");
  const accounts = late.snapshot.balances.map(({ account }) => account);
  expect(accounts).toEqual(["alice", "bob"]);
  const { arrows, texts } = sequence({ ...late, frames: held });
  const lostAt = texts.find(({ words }) => words === "request held");
  expect(lostAt).toMatchObject({ side: "ledger", tone: "dead" });
  expect(arrows.filter(({ isOpen }) => isOpen)).toMatchObject([
    { to: LANES.ledger },
  ]);

  const twice = await framesOf(undefined, {
    meets: "open",
    faults: ["request repeated:make-credit"],
  });
  expect(story(twice.at(-1) ?? end)).toContain(
    "Worker 1 asks to write the credit. The request comes twice.",
  );
  expect(progress(twice.at(-1)?.history ?? [])).toEqual([["done", "done", ""]]);
});

test("what happens next comes after what has happened, and messages are lost between workers and banks alone", async () => {
  const schedule = { meets: "open", faults: ["answer lost:make-credit"] };
  const game = twoBanks().gameOf(meetings["open"] as Meeting<BankWorld>);
  const { faults } = schedule as Schedule;
  const { history } = await play(game, faults, openDatabase);
  const next = nextOf(schedule as Schedule, history, game.far);
  const points = next.map(({ faults: [, point = ""] }) => point);
  expect(points).toContain("held:make-credit#2");
  expect(points).toContain("answer lost:make-credit#2");
  expect(points).toContain("after:record-second");
  for (const point of points)
    expect(point).not.toMatch(/debit|first|:make-credit$|lost:(begin|record)/);
});

test("a message that is to be lost where none is sent is an error that says where one is", async () => {
  const nowhere = { meets: "open", faults: ["answer lost:make-reversal"] };
  await expect(framesOf(undefined, nowhere as Schedule)).rejects.toThrow(
    "no worker gets to answer lost:make-reversal; there is before:take-run",
  );
});

test("what is searched is known by its name, and has the guards of its page", () => {
  expect(subjects["one-ledger"].guards).toBe(ledgerGuards);
  expect(subjects["two-banks"].guards).toBe(guards);
  expect(() => twoBanks("never")).toThrow(
    "a guard is one of asks-again, same-key, closed-key, kept-no",
  );
});

test("a request that is held comes once, and has come when the money is counted", async () => {
  const held = { meets: "reopens", faults: ["request held:make-credit"] };
  expect(await centsOf("kept-no", held as Schedule)).toBe(50_00);
  expect(await centsOf(undefined, held as Schedule)).toBe(0);

  const game = twoBanks("kept-no").gameOf({
    ...(meetings["closed"] as Meeting<BankWorld>),
    first: async (world) => {
      await closeBob(world);
      world.links.west.next.push("request held");
    },
  });
  const opened: Game<BankWorld> = {
    ...game,
    async moneyIn(world) {
      await reopenBob(world);
      return game.moneyIn(world);
    },
  };
  expect((await play(opened, [], openDatabase)).cents).toBe(50_00);
});
