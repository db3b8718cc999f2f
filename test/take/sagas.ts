/** A saga that can be taken, with what proves it and what belongs to you. */
interface Taken {
  title: string;
  /** The name of the package that it becomes. */
  name: string;
  /** Folders of `snippets/transfer/`, and files of it. */
  rooms: string[];
  files: string[];
  /** Files of `test/`. */
  proofs: string[];
  /** What stands where a reader's own things belong. */
  yours: string[];
}

const inOrder = (folder: string, names: string[]) =>
  names.map((name) => `test/${folder}/${name}.test.ts`);

/** What can be taken, by name. */
export const sagas = {
  "two-banks": {
    title: "A transfer between two banks",
    name: "a-transfer-between-two-banks",
    rooms: ["two-banks", "bank"],
    files: ["open-ledger.ts"], // for what is parked
    proofs: inOrder("two-banks", ["answers", "bank", "crash", "saga"]),
    yours: [
      "your banks: `banks` of the worker: `fetch`, an address, a time limit, and what a bank does not do (`Bank` in `ask-bank.ts`)",
      "your ids: a transfer's id is the id of its run, and comes from whoever orders it, once",
      "your alert: `alert` of the worker hears one line for each transfer that is parked",
      "your table: `parked` of the worker, a database that outlives the engine",
      "your server: `new Resonate({ url })`, `startWorker` in each worker, and `orderTransfer` where a transfer is ordered",
    ],
  },
  "one-ledger": {
    title: "A transfer on one ledger",
    name: "a-transfer-on-one-ledger",
    rooms: ["in-transit", "reconcile"],
    files: ["open-ledger.ts"],
    proofs: [
      ...inOrder("one-ledger", ["crash", "funds", "late-credit"]),
      ...inOrder("in-transit", ["crash", "legs", "saga"]),
      ...inOrder("changing", ["replay"]),
      ...inOrder("reconcile", ["damaged", "reconcile"]),
      ...inOrder("errors", ["every-error"]),
    ],
    yours: [
      "your accounts: `openAccount` and `closeAccount` in `accounts.ts`, and once `openAccount(db, IN_TRANSIT, 0)`",
      "your ids: a transfer's id is the id of its run, and comes from whoever orders it, once",
      'your ledger: `setDependency("db", openLedger(file))` in each worker',
      'your server: `new Resonate({ url })`, `register("transferInTransit", transferInTransit)` in each worker, and `checkTransfer` before `rpc` where a transfer is ordered',
    ],
  },
} satisfies Record<string, Taken>;
