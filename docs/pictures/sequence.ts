import type { Moment } from "#snippets/crash/history.ts";
import {
  asks,
  isDone,
  isStop,
  steps,
  wasDone,
  wroteNothing,
} from "#snippets/crash-lab/progress.ts";
import { formatCents } from "#snippets/support/format-cents.ts";
import type { NamedFrame, Recording } from "./record.ts";

/** In pixels: less than a phone has, and where each of the three stands. */
export const WIDTH = 304;
export const LANES = { server: 14, worker: 152, ledger: 290 };
const LINE = 17;

type Side = "server" | "ledger";
type Tone = "call" | "note" | "dead" | "uneven" | "even";

interface Life {
  worker: number;
  top: number;
  bottom: number;
  isKilled: boolean;
  /** From when it has the transfer, and until when by its lease. */
  lease?: { top: number; bottom: number };
}

/**
 * Where to draw what: time goes down, and a worker's line ends where it died.
 * What a worker looks up is told with the write that it explains, and that a
 * step begins is not told, unless a worker dies there. With `only`, there is
 * nothing but the call of that name.
 */
export function sequence(recording: Recording, only?: string) {
  const { frames, history, answers } = recording;
  const arrows: { y: number; from: number; to: number; worker: number }[] = [];
  const marks: { y: number; side: Side; kind: string }[] = [];
  const texts: { y: number; side: Side; tone: Tone; words: string }[] = [];
  const lives: Life[] = [];
  let y = 40;
  const say = (side: Side, tone: Tone, ...lines: string[]) => {
    for (const [n, words] of lines.entries())
      texts.push({ y: y + n * LINE, side, tone, words });
  };

  const isTold = (it: Moment) =>
    only ? it.worker === 1 && it.name === only : isDrawn(it);
  for (const moment of history.filter(isTold)) {
    const { worker, name } = moment;
    const side = /^(write|read)-/.test(name) ? "ledger" : "server";
    const isTaken = name.startsWith("take-run");
    if (lives.at(-1)?.worker !== worker) {
      lives.push({ worker, top: y, bottom: 0, isKilled: false });
      y += 46;
    }
    const life = lives.at(-1) as Life;
    if (isDone(moment)) {
      const [from, to] = [LANES.worker, LANES[side]];
      arrows.push({
        y,
        worker,
        ...(isTaken ? { from: to, to: from } : { from, to }),
      });
      y -= 7;
      say(side, "call", asks(moment));
      y += 7;
      if (isTaken) life.lease = { top: y, bottom: y };
      const kind = markOf(moment, frames);
      if (kind) marks.push({ y, side, kind });
      const more = wroteNothing(moment)
        ? whyNothing(moment, history)
        : kind === "rejected" && "as rejected";
      if (more) {
        y += LINE;
        say(side, "note", more);
      }
      y += 28;
    }
    life.bottom = y;
    if (!isStop(moment)) continue;
    life.isKilled = true;
    y += 4;
    say(
      side,
      "dead",
      ...(isDone(moment)
        ? ["killed before it", "hears that it is done"]
        : ["killed before it can", asks(moment)]),
    );
    y += 2 * LINE + 8;
    if (only) continue;
    if (life.lease) {
      say("server", "note", "nobody goes on", "until the lease ends");
      life.lease.bottom = y + LINE + 6;
    }
    say("ledger", "uneven", ...missing(frames, worker));
    y += 2 * LINE;
  }
  const last = lives.at(-1);
  if (last && !last.isKilled) {
    if (last.lease) last.lease.bottom = last.bottom;
    const { heldCents = 0, seededCents = 0 } = frames.at(-1)?.snapshot ?? {};
    say("server", "even", answers[0]?.status ?? "");
    say(
      "ledger",
      "even",
      `${formatCents(heldCents)} of ${formatCents(seededCents)}`,
    );
    y += 10;
  }
  return { arrows, marks, texts, lives, height: y };
}

function isDrawn(moment: Moment): boolean {
  return isStop(moment) || !/^(begin|read)-/.test(moment.name);
}

/** What the call leaves behind: an entry, or a record of that state. */
function markOf({ name, answer }: Moment, frames: NamedFrame[]) {
  const [verb, kind = ""] = name.replace(/#\d+$/, "").split("-");
  if (verb === "write")
    return (answer as { changes: number }).changes ? "there" : undefined;
  if (verb === "begin") return "pending";
  if (verb !== "record") return undefined;
  const step = (steps as readonly string[]).indexOf(kind);
  const id = step < 0 ? "t1" : `t1:${step}`;
  return frames.at(-1)?.snapshot.promises.find((it) => it.id === id)?.state;
}

function whyNothing(moment: Moment, history: Moment[]): string {
  const earlier = history.slice(0, history.indexOf(moment));
  const isThere = wasDone(earlier, asks(moment));
  return isThere ? "it is there already" : "the account is closed";
}

/** What a dead worker left undone, in words. */
function missing(frames: NamedFrame[], worker: number): string[] {
  const left = frames.find(({ at }) => at === `${worker}:dead`)?.snapshot;
  const cents = left ? left.seededCents - left.heldCents : 0;
  return cents ? [`${formatCents(cents)} in neither`, "account"] : [];
}
