import { type FaultPoint, partsOf } from "../crash/crash-point.ts";
import { meetings } from "../crash-lab/meetings.ts";
import { asks } from "../crash-lab/progress.ts";
import { inThirdPerson } from "../crash-lab/story.ts";
import type { Found } from "./find-shortest.ts";

/** What was found, as sentences, of which the last one has the harm. */
export function inWords({ plan, harm }: Found): string[] {
  return [
    meetings[plan.meets]?.says ?? "",
    ...plan.faults.map((point, nth) => stops(point, nth + 1)),
    harm,
  ];
}

/** Where this worker stops, as a sentence. */
function stops(point: FaultPoint, worker: number): string {
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
