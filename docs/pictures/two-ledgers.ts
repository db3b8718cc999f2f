/** One of two ledgers that a program printed beside each other. */
export interface Ledger {
  name: string;
  entries: Line[];
  /** Of all accounts, in cents: what they hold, and what was put in. */
  heldCents: number;
  seededCents: number;
  /** How the transfer ended. */
  outcome: string;
}

export interface Line {
  kind: string;
  account: string;
  cents: number;
}

const RIGHT = 25; // where the second column begins
const HEADS = /^as it is {2,}without it$/m;

/**
 * What a program of Who does what printed: what happens, the ledger as it is
 * and the one without, and what failed. Undefined for any other print.
 */
export function twoLedgers(printed: string) {
  if (!HEADS.test(printed)) return undefined;
  const [happens = "", columns = "", failed] = printed.split("\n\n");
  const lines = columns.split("\n");
  return {
    happens: happens.replaceAll("\n", " "),
    ledgers: [
      ledgerOf(lines.map((line) => line.slice(0, RIGHT).trim())),
      ledgerOf(lines.map((line) => line.slice(RIGHT).trim())),
    ],
    failed,
  };
}

function ledgerOf([name = "", ...lines]: string[]): Ledger {
  const outcome = lines.find((line) => line.startsWith("=> ")) ?? "";
  const printed = lines.filter((line) => line && line !== outcome).map(read);
  const sum = (kind: string) =>
    printed.find((line) => line.kind === kind)?.cents ?? 0;
  const heldCents = sum("all");
  return {
    name,
    entries: printed.filter(({ account }) => account),
    heldCents,
    seededCents: heldCents + sum("missing") - sum("too much"),
    outcome: outcome.replace("=> ", ""),
  };
}

/** `debit    alice  -50.00`, or a sum, which has no account. */
function read(line: string): Line {
  const parts = /^(too much|\w+) +(?:(\w+) +)?(-?\d+)\.(\d\d)$/.exec(line);
  if (!parts) throw new Error(`no line of a ledger: ${line}`);
  const [, kind = "", account = "", whole, rest] = parts;
  return { kind, account, cents: Number(`${whole}${rest}`) };
}

/**
 * Where the money is, in cents, from the left: what alice has, what bob has,
 * and what is missing, or, of what they have, is too much.
 */
export function moneyOf({ entries, heldCents, seededCents }: Ledger) {
  const of = (name: string) =>
    entries
      .filter(({ account }) => account === name)
      .reduce((sum, { cents }) => sum + cents, 0);
  const alice = seededCents + of("alice");
  return { alice, bob: of("bob"), uneven: heldCents - seededCents };
}
