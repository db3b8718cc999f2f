import type { Context } from "@resonatehq/sdk";
import * as v from "valibot";
import type { LedgerDb } from "../ledger.ts";
import type { Asked } from "./bank-order.ts";
import { type Choice, Decision } from "./decision.ts";
import { FAR_MS } from "./settle.ts";

/** Hears one line. It is called again until it does not throw. */
export type Alert = (line: string) => unknown;

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
  const run = ctx.info.timeout; // tells one run of an id from another
  for (;;) {
    const wait = yield* ctx.promise({ timeout: FAR_MS });
    yield* ctx.run(notePark, wait.id, { ...about, run }, far);
    const said = yield* decided(wait);
    const { success, output } = v.safeParse(Decision, said);
    const counts =
      success &&
      output.park === wait.id &&
      about.choices.includes(output.choice);
    yield* ctx.run(noteEnd, wait.id, run, counts ? output : null, far);
    if (counts) return output;
  }
}

function* decided(
  wait: Iterable<unknown>,
): Generator<unknown, unknown> {
  try {
    return yield* wait;
  } catch {
    return undefined; // somebody canceled the wait
  }
}
// #endregion park

// #region notes
/** Leaf. Lists it, and says so in one line, perhaps more than once. */
async function notePark(
  ctx: Context,
  park: string,
  about: Parked & { run: number },
) {
  const { at, operation, reason, choices } = about;
  const { transferId, account, amountCents, key } = operation;
  await parkedDb(ctx)
    .prepare(
      `INSERT INTO parked VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
    )
    .run(
      park,
      about.run,
      transferId,
      at,
      account,
      amountCents,
      key,
      reason,
      choices.join(", "),
      Date.now(),
    );
  const alert = ctx.getDependency<Alert>("alert") ?? console.error;
  await alert(
    `parked ${park}: ${key}, ${amountCents} cents: ${reason}`,
  );
}

/** Leaf. What ended a park is a decision, or was none. */
async function noteEnd(
  ctx: Context,
  park: string,
  run: number,
  decision: Decision | null,
) {
  const none = { id: "", choice: "none", by: "", reason: "", atMs: 0 };
  const { id, choice, by, reason, atMs } = decision ?? none;
  await parkedDb(ctx)
    .prepare(
      `INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
    )
    .run(park, run, id, choice, by, reason, atMs);
}

function parkedDb(ctx: Context): LedgerDb {
  const db = ctx.getDependency<LedgerDb>("parked");
  if (!db) throw new Error("this worker was given no list of parked");
  return db;
}
// #endregion notes
