import { Codec, type Resonate } from "@resonatehq/sdk";
import type { Order } from "../check-transfer.ts";

/** What an engine says of a run. */
export interface Asked {
  /** `unknown`: it has no such run, or not any more. */
  is: "under way" | "ended" | "unknown";
  /** What the run was given, if that is known. */
  order?: Order;
  /** What its caller was told, if it ended by itself. */
  status?: string;
}

const codec = new Codec();

// #region ask-engine
/**
 * Asks an engine what has become of a run. Throws when it does not
 * answer: that it knows of none is an answer, and silence is not.
 */
export async function askEngine(
  promises: Pick<Resonate["promises"], "get">,
  id: string,
): Promise<Asked> {
  const run = await promises.get(id).catch((error) => {
    if (isNotFound(error)) return undefined;
    throw error;
  });
  if (!run) return { is: "unknown" };
  const [order] = codec.decode(run.param)?.args ?? [];
  if (run.state === "pending") return { is: "under way", order };
  if (run.state !== "resolved") return { is: "ended", order };
  const { status } = codec.decode(run.value) ?? {};
  return { is: "ended", order, status };
}

/** Whether an engine says so: it has no such run or step. */
export function isNotFound(error: unknown): boolean {
  const { serverError } = error as { serverError?: { code?: number } };
  return serverError?.code === 404;
}
// #endregion ask-engine
