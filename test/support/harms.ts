import type { Schedule } from "#snippets/find-out/schedule.ts";

export type Harm = [cents: number, count: number, Schedule];
/** What does harm without each guard, the cents, and how many faults it is. */
export const harms: Record<string, Harm> = {
  "asks-again": [
    -50_00,
    1,
    { meets: "open", faults: ["answer lost:make-debit"] },
  ],
  "same-key": [
    50_00,
    1,
    { meets: "open", faults: ["answer lost:make-credit"] },
  ],
  "closed-key": [
    50_00,
    2,
    {
      meets: "open",
      faults: ["request lost:make-credit", "answer lost:make-credit#2"],
    },
  ],
  "kept-no": [50_00, 2, { meets: "reopens", faults: ["held:make-credit"] }],
};
