import * as sdk from "@resonatehq/sdk";
import { transform } from "sucrase";
import * as askLimit from "../changing/ask-limit.ts";
import * as takesAny from "../in-transit/flawed/takes-any.ts";
import * as checkTransfer from "../transfer/check-transfer.ts";
import * as entriesFor from "../transfer/entries-for.ts";
import * as legs from "../transfer/in-transit/legs.ts";
import * as payBack from "../transfer/in-transit/pay-back.ts";
import * as payIn from "../transfer/in-transit/pay-in.ts";
import * as payOut from "../transfer/in-transit/pay-out.ts";
import * as post from "../transfer/in-transit/post.ts";
import * as inTransit from "../transfer/in-transit/saga.ts";
import * as whichOf from "../transfer/in-transit/which-of.ts";
import * as ledger from "../transfer/ledger.ts";
import * as debitSource from "../transfer/one-ledger/debit-source.ts";
import * as undoDebit from "../transfer/one-ledger/undo-debit.ts";
import * as bankOrder from "../transfer/two-banks/bank-order.ts";
import * as park from "../transfer/two-banks/park.ts";
import * as settle from "../transfer/two-banks/settle.ts";
import * as askOnce from "../two-banks/flawed/ask-once.ts";

/** What it may import: the SDK, and these, from whatever folder. */
const modules: Record<string, object> = {
  "@resonatehq/sdk": sdk,
  "ask-limit.ts": askLimit,
  "ask-once.ts": askOnce,
  "bank-order.ts": bankOrder,
  "check-transfer.ts": checkTransfer,
  "debit-source.ts": debitSource,
  "entries-for.ts": entriesFor,
  "ledger.ts": ledger,
  "legs.ts": legs,
  "park.ts": park,
  "pay-back.ts": payBack,
  "pay-in.ts": payIn,
  "pay-out.ts": payOut,
  "post.ts": post,
  "saga.ts": inTransit,
  "settle.ts": settle,
  "takes-any.ts": takesAny,
  "undo-debit.ts": undoDebit,
  "which-of.ts": whichOf,
};

// #region own-saga
/**
 * The saga that this TypeScript exports. The types are stripped, and
 * not checked. Throws an error of one sentence when it cannot be read,
 * or exports anything but one `function*`.
 */
export function sagaFrom<Saga>(typescript: string): Saga {
  const transforms = ["typescript" as const, "imports" as const];
  const { code } = transform(typescript, { transforms });
  const exported: Record<string, unknown> = {};
  new Function("require", "exports", code)(load, exported);
  const [first, ...others] = Object.entries(exported);
  if (!first)
    throw new Error(
      "It exports nothing: export the saga, a function*.",
    );
  if (others.length) {
    const names = Object.keys(exported).join(", ");
    throw new Error(`It exports ${names}: export the saga alone.`);
  }
  const [name, saga] = first;
  if (!isGenerator(saga))
    throw new Error(`What it exports, ${name}, is no function*.`);
  return saga as Saga;
}

function load(name: string): object {
  const last = name.startsWith(".") ? name.split("/").at(-1) : name;
  const found = Object.hasOwn(modules, `${last}`) && modules[`${last}`];
  if (!found) {
    const names = Object.keys(modules).join(", ");
    throw new Error(`There is no ${name} here, but ${names}.`);
  }
  return found;
}
// #endregion own-saga

function isGenerator(it: unknown): boolean {
  const tag = Object.prototype.toString.call(it);
  return tag === "[object GeneratorFunction]";
}
