import Database from "better-sqlite3";
import { SCHEMA } from "./schema.ts";

const LEDGER = 0x1ed6e4; // marks the file as ours, in its header

// #region open-ledger
/**
 * Opens the ledger in `file`, which it makes when there is none, or one
 * in memory. Throws one clear error when the file is not a ledger or
 * cannot be written.
 */
export function openLedger(file = ":memory:"): Database.Database {
  let db: Database.Database | undefined;
  try {
    checkNode(process.versions.node);
    db = new Database(file, { timeout: 5_000 });
    db.transaction(create).exclusive(db);
    db.pragma("journal_mode = WAL");
    db.pragma("foreign_keys = ON");
    db.pragma("synchronous = FULL"); // a commit outlives a power cut
    compileOnce(db);
    return db;
  } catch (error) {
    db?.close();
    const { message } = error as Error;
    throw new Error(`cannot open ${file}: ${message}`, {
      cause: error,
    });
  }
}

function create(db: Database.Database) {
  const mark = db.pragma("application_id", { simple: true });
  if (mark !== LEDGER) {
    const taken = db.prepare("SELECT 1 FROM sqlite_schema").get();
    if (mark !== 0 || taken)
      throw new Error("it is a database, but not a ledger");
  }
  db.exec(SCHEMA); // a ledger from before gets what it lacks
  // Even where it is marked: this shows that it can be written.
  db.pragma(`application_id = ${LEDGER}`);
}

/** A leaf asks anew each time; to compile takes as long as to run. */
function compileOnce(db: Database.Database) {
  const compile = db.prepare.bind(db);
  const compiled = new Map<string, Database.Statement>();
  db.prepare = ((sql: string) => {
    const statement = compiled.get(sql) ?? compile(sql);
    compiled.set(sql, statement);
    return statement;
  }) as typeof db.prepare;
}

/** The database would end an older Node without a word. */
function checkNode(version: string) {
  if (Number.parseInt(version, 10) >= 22) return;
  throw new Error(
    `this is Node ${version}, and the ledger needs 22 or newer: ` +
      "start the program with npx, which finds the Node that npm " +
      "installed; if npm ran with --ignore-scripts, it installed " +
      "none: npm rebuild --ignore-scripts=false node",
  );
}
// #endregion open-ledger
