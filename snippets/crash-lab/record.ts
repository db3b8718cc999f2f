import type { OpenDatabase } from "../crash/scenario.ts";
import type { Answer } from "./answer.ts";
import type { Own } from "./lab-scenario.ts";
import type { Plan } from "./plan.ts";
import { playOut } from "./play-out.ts";
import type { Told } from "./progress.ts";
import { type Snapshot, snapshot } from "./snapshot.ts";

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
 * Plays a plan out, and records what there is to see, call by call. The
 * steps of a saga of your own go by the entries that they write.
 */
export async function record(
  openDatabase: OpenDatabase,
  plan: Plan,
  own?: Own,
): Promise<Frame[]> {
  const frames: Frame[] = [];
  await playOut(
    openDatabase,
    plan,
    own,
    async (at, { history, server, world }, answer) => {
      const left = await snapshot(world.db, server, history);
      frames.push({
        at,
        history: history.map(toldOf),
        answers: answer ? [answer] : [],
        snapshot: left,
      });
    },
  );
  const { history } = frames.at(-1) as Frame;
  for (const step of own?.steps ?? []) {
    const name = entryOf(step, history);
    for (const told of frames.flatMap(({ history }) => history))
      told.name = told.name.replace(`-${step}`, `-${name}`);
  }
  return frames;
}

/** What is written between that this step begins, and is on record. */
function entryOf(step: string, history: Told[]): string {
  const begun = history.findIndex(
    ({ name }) => name === `begin-${step}`,
  );
  const made = history
    .slice(begun)
    .find(({ name }) => /^write-|^record-/.test(name));
  return made?.name.split(/[-#]/)[1] ?? step;
}
// #endregion record

const toldOf = ({ worker, name, fate, answer }: Told): Told => ({
  ...{ worker, name },
  ...(fate && { fate }),
  ...(answer !== undefined && { answer }),
});
