import {
  isMessage,
  type MessagePoint,
  partsOf,
  type StopPoint,
} from "../crash/crash-point.ts";
import type { Fault, Kind } from "../crash/faults.ts";
import { asks, inThirdPerson } from "../crash-lab/asks.ts";
import type { Meeting } from "../crash-lab/game.ts";
import { onItsWay } from "../crash-lab/on-its-way.ts";
import type { Drawn } from "./find-at-random.ts";
import type { Found } from "./find-shortest.ts";

/** What was found, as sentences, of which the last one has the harm. */
export function inWords(
  { schedule, harm }: Found,
  meetings: Record<string, Pick<Meeting, "says">>,
): string[] {
  let worker = 1;
  const faults = schedule.faults.map((point) =>
    isMessage(point) ? meets(point, worker) : stops(point, worker++),
  );
  return [meetings[schedule.meets]?.says ?? "", ...faults, harm];
}

/** What becomes of the message of this worker there, as a sentence. */
function meets(point: MessagePoint, worker: number): string {
  const { stop, name } = partsOf(point);
  const what = asks({ name });
  return `Worker ${worker} asks to ${what}. ${onItsWay[stop]}`;
}

/** Where this worker stops, as a sentence. */
function stops(point: StopPoint, worker: number): string {
  const { stop, name } = partsOf(point);
  const words = asks({ name });
  const who = `Worker ${worker}`;
  if (stop === "before") return `${who} dies before it can ${words}.`;
  if (stop === "frozen")
    return `${who} is frozen before it can ${words}, and goes on last.`;
  if (stop === "held")
    return `${who} asks to ${words}, and dies. The call comes last.`;
  return `${who} ${inThirdPerson(words)}, and dies before it hears so.`;
}

/** The same of what was drawn: two workers, one thing after another. */
export function drawnInWords({ says, faults, harm }: Drawn): string[] {
  const all = faults.map(([what, seat]: Fault) =>
    happens(what, `Worker ${seat + 1}`),
  );
  const peace = "From here on nothing is in their way.";
  return [`${says} Two workers.`, ...all, peace, harm];
}

function happens(what: string, who: string): string {
  const words: Record<Kind, string> = {
    answered: `${who} makes its next call.`,
    before: `${who} dies before its next call is done.`,
    after: `${who} makes its next call, and dies before it hears so.`,
    delayed: `${who} dies, and its next call is late.`,
    arrived: "A call that is late comes.",
    repeated: `${who} makes its next call, which is done twice.`,
    message: `${who} is offered the transfer.`,
    copy: `${who} is offered the transfer, and so is another later.`,
    "lease passed": "The lease passes.",
  };
  const event = `${what.charAt(0).toUpperCase()}${what.slice(1)}.`;
  return words[what as Kind] ?? event;
}
