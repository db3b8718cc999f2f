// #region tables
/** What waits for a person. It outlives the engine, and only grows. */
export const PARKED = [
  `CREATE TABLE IF NOT EXISTS parked (
    park         TEXT NOT NULL,
    run          INTEGER NOT NULL, -- an id may run again
    transfer_id  TEXT NOT NULL,
    bank         TEXT NOT NULL,
    account      TEXT NOT NULL,
    amount_cents INTEGER NOT NULL,
    key          TEXT NOT NULL,
    reason       TEXT NOT NULL,
    choices      TEXT NOT NULL,
    at_ms        INTEGER NOT NULL,
    PRIMARY KEY (park, run)
  ) STRICT`,
  `CREATE TABLE IF NOT EXISTS decisions (
    park        TEXT NOT NULL,
    run         INTEGER NOT NULL,
    decision_id TEXT NOT NULL,
    choice      TEXT NOT NULL,
    decided_by  TEXT NOT NULL,
    reason      TEXT NOT NULL,
    at_ms       INTEGER NOT NULL,
    PRIMARY KEY (park, run)
  ) STRICT`,
];
// #endregion tables
