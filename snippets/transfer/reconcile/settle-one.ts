import type { Order } from "../check-transfer.ts";
import type { Asked } from "./ask-engine.ts";
import type { Standing } from "./standing.ts";

/** What was found of a transfer, and done. */
export interface Settled {
  is: "under way" | "finished" | "undone" | "for a person";
  why: string;
}

/** What reconciliation may do. */
export interface Means {
  /** Make what the saga would have made, by its own operation ids. */
  payOut(order: Order): Promise<unknown>;
  payBack(order: Order): Promise<"undone" | "credited">;
  /** Whether what the engine does not know is undone. */
  undoUnknown?: boolean;
}

const forPerson = (why: string): Settled => ({
  is: "for a person",
  why,
});

// #region settle-one
/**
 * Settles a transfer that was only debited, and that nobody works on
 * any more: pays out where its caller was told so, and else pays back.
 * Gives nothing where all is as it should be.
 */
export async function settleOne(
  order: Order,
  standing: Standing,
  asked: Asked,
  means: Means,
): Promise<Settled | undefined> {
  if (standing.is === "wrong") return forPerson(standing.why);
  const other = asked.order && otherIn(asked.order, order, standing);
  if (other) return forPerson(other);
  const { is } = standing;
  const { status: told } = asked;
  if (is === "absent" && told === "committed")
    return forPerson(
      "its caller was told committed, and nothing is here",
    );
  if (is === "absent" && asked.is === "unknown")
    return forPerson("neither the ledger nor the engine has it");
  if (is === "absent") return undefined;
  if (is !== "half") {
    if (!told || told === is) return undefined;
    return forPerson(`its caller was told ${told}, and it is ${is}`);
  }
  if (asked.is === "under way") return { is: asked.is, why: "debited" };
  if (asked.is === "unknown" && !means.undoUnknown)
    return forPerson("it is debited, and the engine knows of no run");
  const why = whyEnded(asked);
  try {
    if (told === "committed") {
      await means.payOut(order);
      return { is: "finished", why };
    }
    const undone = await means.payBack(order);
    return undone === "undone" ? { is: "undone", why } : undefined;
  } catch (error) {
    const { name, message } = error as Error;
    if (!CLEAR.includes(name)) throw error;
    return forPerson(`${why}, and ${message}`);
  }
}

function whyEnded({ is, status }: Asked): string {
  if (is === "unknown") return "the engine knows of no run";
  if (status === undefined) return "its run ended without a result";
  return `its caller was told ${status}`;
}

const CLEAR = ["TransferRejected", "OperationConflict"];

/** In what the engine's order is another one than the ledger's. */
function otherIn(
  asked: Order,
  here: Order,
  standing: Exclude<Standing, { is: "wrong" }>,
): string | undefined {
  const { source, target, amountCents } = standing;
  if (asked.ledgerId !== here.ledgerId)
    return "its run is for another ledger";
  if (amountCents !== undefined && asked.amountCents !== amountCents)
    return `${amountCents} cents debited, of ${asked.amountCents}`;
  if (source !== undefined && asked.source !== source)
    return `it was to be paid by ${asked.source}, and ${source} paid`;
  if (target !== undefined && asked.target !== target)
    return `it was for ${asked.target}, and ${target} has it`;
  return undefined;
}
// #endregion settle-one
