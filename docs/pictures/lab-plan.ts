import type { StopPoint } from "#snippets/crash/crash-point.ts";
import { toLink } from "#snippets/crash-lab/plan.ts";

/** A row of the crash matrix as the lab is set to it: a plan of one death. */
export function labPlan({ path, point }: { path: string; point: string }) {
  return toLink({
    amountCents: 50_00,
    meets: path === "rejects" ? "closed" : "open",
    faults: [point as StopPoint],
  });
}
