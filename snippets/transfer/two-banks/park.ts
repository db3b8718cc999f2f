import type { Context } from "@resonatehq/sdk";
import * as v from "valibot";
import type { LedgerDb } from "../ledger.ts";
import type { Asked } from "./bank-order.ts";
import { type Choice, Decision } from "./decision.ts";
import { FAR_MS } from "./settle.ts";

interface Parked extends Asked {
  reason: string;
  choices: Choice[];
}

// #region park
/**
 * Waits for a person, for as long as that takes. The list is written
 * before the wait, and the decision is noted after it. What is no
 * decision for this park is not taken for one: it parks anew.
 */
export function* park(
  ctx: Context,
  about: Parked,
): Generator<unknown, Decision> {
  const far = ctx.options({ timeout: FAR_MS });
  for (;;) {
    const wait = yield* ctx.promise({ timeout: FAR_MS });
    yield* ctx.run(notePark, wait.id, about, far);
    let said: unknown;
    try {
      said = yield* wait;
    } catch {
      continue; // somebody canceled the wait, and decided nothing
    }
    const { success, output } = v.safeParse(Decision, said);
    if (!success || output.park !== wait.id) continue;
    if (!about.choices.includes(output.choice)) continue;
    yield* ctx.run(noteDecision, output, far);
    return output;
  }
}
// #endregion park

// #region notes
/** Leaf. Lists it, and says so in one line, perhaps more than once. */
async function notePark(ctx: Context, park: string, about: Parked) {
  const { at, operation, reason, choices } = about;
  const { transferId, account, amountCents, key } = operation;
  await parkedDb(ctx)
    .prepare(
      `INSERT INTO parked VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (park) DO NOTHING`,
    )
    .run(
      park,
      transferId,
      at,
      account,
      amountCents,
      key,
      reason,
      choices.join(", "),
      Date.now(),
    );
  const alert = ctx.getDependency<typeof console.error>("alert");
  (alert ?? console.error)(
    `parked ${park}: ${key}, ${amountCents} cents: ${reason}`,
  );
}

/** Leaf. */
async function noteDecision(ctx: Context, decision: Decision) {
  const { park, id, choice, by, reason, atMs } = decision;
  await parkedDb(ctx)
    .prepare(
      `INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (park) DO NOTHING`,
    )
    .run(park, id, choice, by, reason, atMs);
}

function parkedDb(ctx: Context): LedgerDb {
  const db = ctx.getDependency<LedgerDb>("parked");
  if (!db) throw new Error("this worker was given no list of parked");
  return db;
}
// #endregion notes
