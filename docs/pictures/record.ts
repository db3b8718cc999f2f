import { gameOf } from "#snippets/crash-lab/lab-scenario.ts";
import { fromLink } from "#snippets/crash-lab/plan.ts";
import { type Frame, record as play } from "#snippets/crash-lab/record.ts";
import { openLedger } from "#snippets/transfer/open-ledger.ts";

/** A transfer that took place, frame by frame. */
export interface Recording extends Pick<Frame, "history" | "answers"> {
  frames: Frame[];
}

const recordings = new Map<string, Promise<Recording>>();

/**
 * Runs the transfer of a plan, as a link to the lab has it, and records it for
 * pictures. Throws when a worker does not get to where it is to die.
 */
export function record(link: string): Promise<Recording> {
  const recorded = recordings.get(link) ?? run(link);
  recordings.set(link, recorded);
  return recorded;
}

async function run(link: string): Promise<Recording> {
  const plan = fromLink(link);
  const frames = await play(gameOf(plan), plan.faults, openLedger);
  return { ...(frames.at(-1) as Frame), frames };
}

/** The frame of that name. Throws, and says which there are. */
export function frameAt(
  { frames }: Pick<Recording, "frames">,
  at: string,
): Frame {
  const frame = frames.find((each) => each.at === at);
  const there = frames.map((each) => each.at).join(", ");
  if (!frame) throw new Error(`no picture "${at}"; there are ${there}`);
  return frame;
}
