import { isRefused } from "#snippets/crash/attend.ts";
import type { Answer } from "#snippets/crash-lab/answer.ts";
import { asks } from "#snippets/crash-lab/asks.ts";
import {
  isBack,
  isDone,
  isSecondOffer,
  isStop,
  type Told,
  wasDone,
  wroteNothing,
} from "#snippets/crash-lab/told.ts";
import { formatCents } from "#snippets/support/format-cents.ts";
import type { Frame } from "../lab/frame.ts";

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
  /** How it came to its end, if it did. */
  stop?: "killed" | "frozen";
  /** From when it has the transfer, and until when by its lease. */
  lease?: { top: number; bottom: number };
}
interface Arrow {
  y: number;
  from: number;
  to: number;
  worker: number;
  /** It is on its way, or comes to nothing. */
  isOpen: boolean;
}

/** A run as far as it has come, and what was to be seen of it by then. */
interface Run extends Omit<Frame, "snapshot"> {
  frames: Frame[];
}

/**
 * Where to draw what: time goes down, and a worker's line ends where it
 * stopped. What a worker looks up is told with the write that it explains, and
 * that a step begins is not told, unless a worker stops there, or is at it.
 * With `only`, there is nothing but the call of that name.
 */
export function sequence({ frames, history, answers }: Run, only?: string) {
  const arrows: Arrow[] = [];
  const marks: { y: number; side: Side; kind: string }[] = [];
  const texts: { y: number; side: Side; tone: Tone; words: string }[] = [];
  const lives: Life[] = [];
  let y = 40;
  const say = (side: Side, tone: Tone, ...lines: string[]) => {
    for (const [n, words] of lines.entries())
      texts.push({ y: y + n * LINE, side, tone, words });
  };
  const sayMoney = (frame: Frame | undefined) => {
    const { heldCents = 0, seededCents = 0 } = frame?.snapshot ?? {};
    const held = `${formatCents(heldCents)} of ${formatCents(seededCents)}`;
    say("ledger", heldCents === seededCents ? "even" : "uneven", held);
  };
  let isOver = false;
  const end = () => {
    const isLast = (frame: Frame) => frame.answers.length > 0;
    say("server", "call", answers[0]?.status ?? "");
    sayMoney(frames.find(isLast));
    isOver = true;
    y += 10;
  };

  for (const [at, moment] of history.entries()) {
    const earlier = history.slice(0, at);
    const { worker, name, fate } = moment;
    const isTold = only
      ? worker === 1 && name === only
      : isDrawn(moment, at === history.length - 1);
    if (!isTold) continue;
    const isLate = isBack(earlier, moment);
    if (isLate && !isOver) end();
    const side = /^(write|read|make|void)-/.test(name) ? "ledger" : "server";
    const isTaken = name.startsWith("take-run");
    if (lives.at(-1)?.worker !== worker) {
      if (isLate) y += LINE;
      lives.push({ worker, top: y, bottom: 0 });
      y += 46;
    }
    const life = lives.at(-1) as Life;
    const isOpen = !isDone(moment);
    if (fate !== "before" && fate !== "frozen") {
      const [from, to] = [LANES.worker, LANES[side]];
      const ends = isTaken && !isOpen ? { from: to, to: from } : { from, to };
      arrows.push({ y, worker, isOpen, ...ends });
      y -= 7;
      say(side, "call", asks(moment));
      y += 7;
      if (isTaken && !isOpen) life.lease = { top: y, bottom: y };
      const kind = isOpen ? undefined : markOf(earlier, moment, answers);
      if (kind) marks.push({ y, side, kind });
      const more = moment.met
        ? moment.met
        : isRefused(moment.answer)
          ? "refused: lease passed"
          : wroteNothing(moment)
            ? whyNothing(earlier, moment)
            : kind === "rejected" && "as rejected";
      if (more) {
        y += LINE;
        say(side, isOpen || moment.met ? "dead" : "note", more);
      }
      y += 28;
    }
    life.bottom = y;
    if (life.lease) life.lease.bottom = y;
    if (!isStop(moment)) continue;
    life.stop = fate === "frozen" ? "frozen" : "killed";
    y += 4;
    say(side, "dead", ...howItStopped(moment));
    y += 2 * LINE + 8;
    if (only) continue;
    if (life.lease) {
      say("server", "note", "nobody goes on", "until the lease ends");
      life.lease.bottom = y + LINE + 6;
    }
    say("ledger", "uneven", ...missing(frames, worker));
    y += 2 * LINE;
  }
  if (only) return { arrows, marks, texts, lives, height: y };
  if (answers.length && !isOver) end();
  else if (isOver) {
    sayMoney(frames.at(-1));
    y += 10;
  }
  return { arrows, marks, texts, lives, height: y };
}

function isDrawn(moment: Told, isLast: boolean): boolean {
  const isAsking = isLast && !moment.fate;
  if (isSecondOffer(moment)) return false;
  const isStopped = isStop(moment) || isRefused(moment.answer);
  const isOdd = isAsking || isStopped || moment.met !== undefined;
  return isOdd || (isDone(moment) && !/^(begin|read)-/.test(moment.name));
}

/** What the call leaves behind: an entry, or a record of that state. */
function markOf(earlier: Told[], moment: Told, answers: Answer[]) {
  const [verb, kind] = moment.name.replace(/#\d+$/, "").split("-");
  if (verb === "write" || verb === "make")
    return wroteNothing(moment) ? undefined : "there";
  if (verb === "begin") return "pending";
  if (verb !== "record") return undefined;
  const isYes =
    kind === "result"
      ? answers[0]?.status !== "failed"
      : wasDone(earlier, `write the ${kind}`);
  return isYes ? "resolved" : "rejected";
}

function whyNothing(earlier: Told[], moment: Told): string {
  if (wasDone(earlier, asks(moment))) return "it is there already";
  const isCredit = moment.name.startsWith("write-credit");
  return isCredit ? "the account is closed" : "the ledger refuses";
}

function howItStopped(moment: Told): string[] {
  if (moment.fate === "held") return ["killed, and its call", "comes late"];
  if (isDone(moment)) return ["killed before it", "hears that it is done"];
  const how = moment.fate === "frozen" ? "frozen" : "killed";
  return [`${how} before it can`, asks(moment)];
}

/** What a worker that stopped left undone, in words. */
function missing(frames: Frame[], worker: number): string[] {
  const isLeft = ({ history }: Frame) => {
    const last = history.at(-1);
    return last?.worker === worker && isStop(last);
  };
  const { seededCents = 0, heldCents = 0 } =
    frames.find(isLeft)?.snapshot ?? {};
  const cents = seededCents - heldCents;
  return cents > 0 ? [`${formatCents(cents)} in neither`, "account"] : [];
}
