import type { FaultPoint } from "../crash/crash-point.ts";
import type { OpenDatabase, World } from "../crash/scenario.ts";
import type { Answer } from "./answer.ts";
import { type Game, NTH } from "./game.ts";
import { type Look, play } from "./play.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Told } from "./told.ts";

/** What there is to see of a run at one moment. */
export interface Frame {
  /** A worker and what it is about to do (`1:write-debit`), or that it
   * has stopped (`1:dead`); the `end`; or that a call was `late`. */
  at: string;
  history: Told[];
  answers: Answer[];
  snapshot: Snapshot;
}

// #region record
/**
 * Plays a run to its end, and records what there is to see, call by
 * call. Steps of which only the order is known go by the entries that
 * they write, and what a bank was asked for by what it has written.
 */
export async function record<W extends World>(
  game: Game<W>,
  faults: readonly FaultPoint[],
  openDatabase: OpenDatabase,
): Promise<Frame[]> {
  const frames: Frame[] = [];
  const look: Look<W> = async (at, run, answer) => {
    frames.push({
      at,
      history: run.history.map(toldOf),
      answers: answer ? [answer] : [],
      snapshot: await game.snapshotOf(run),
    });
  };
  const { scenario, far } = game;
  const { history } = await play(game, faults, openDatabase, look);
  for (const [at, { call }] of history.entries())
    if (far.includes(call.to)) noteChanges(frames, at);
  const told = frames.flatMap((frame) => frame.history);
  for (const step of NTH.filter((it) => scenario.steps.includes(it))) {
    const name = entryOf(step, history);
    for (const each of told)
      each.name = each.name.replace(`-${step}`, `-${name}`);
  }
  return frames;
}

/** Notes how many entries there are more, now that this was asked. */
function noteChanges(frames: Frame[], at: number) {
  const after = frames.filter(({ history }) => history[at]?.fate);
  const before = frames.findLast(({ history }) => !history[at]?.fate);
  const count = (frame?: Frame) => frame?.snapshot.entries.length ?? 0;
  const changes = count(after[0]) - count(before);
  for (const { history } of after)
    (history[at] as Told).answer = { changes };
}

/** What is written between that this step begins, and is on record. */
function entryOf(step: string, history: Told[]): string {
  const begun = history.findIndex(
    ({ name }) => name === `begin-${step}`,
  );
  const made = history
    .slice(begun + 1)
    .find(({ name }) => /^(write|make|begin|record)-/.test(name));
  const isBegin = !made || made.name.startsWith("begin");
  return isBegin ? step : (made.name.split(/[-#]/)[1] ?? step);
}
// #endregion record

const toldOf = ({ worker, name, fate, met, answer }: Told): Told => ({
  ...{ worker, name },
  ...(fate && { fate }),
  ...(met && { met }),
  ...(answer !== undefined && { answer }),
});
