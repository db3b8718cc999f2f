import type { Request, Resonate } from "@resonatehq/sdk";
import { dataOf, nameOf, type Recorded } from "./history.ts";

// #region from-record
/** Whether a run or a step is no longer pending. */
export const hasEnded = (state: string) => state !== "pending";

/** The step that the saga asks for, if this request does. */
export function stepIn(request: Request) {
  if (request.kind !== "task.fence") return undefined;
  const { action } = request.data;
  if (action.kind !== "promise.create") return undefined;
  return { id: action.data.id, name: nameOf(action.data) };
}

/** The last millisecond of a Date. */
export const FAR = 8.64e15;

/** Has the store know this step, as it was recorded. */
export async function keep(
  resonate: Resonate,
  { id, state, value }: Recorded,
) {
  const isLate = state === "rejected_timedout";
  await resonate.promises.create(id, isLate ? 0 : FAR);
  const data = { data: dataOf(value) };
  if (state === "resolved") await resonate.promises.resolve(id, data);
  if (state === "rejected") await resonate.promises.reject(id, data);
  if (state === "rejected_canceled")
    await resonate.promises.cancel(id, data);
}

/** What a run gave or threw, as it is recorded. */
export function said(end: unknown): string {
  if (!(end instanceof Error)) return JSON.stringify(end) ?? "";
  const { name, message } = end;
  return JSON.stringify({ __type: "error", message, name });
}
// #endregion from-record
