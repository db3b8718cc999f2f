/**
 * Changes that make no difference, by the code they would change, and why.
 * Where the code alone is not enough, the file or the function comes first.
 */
export const equivalents = {
  'file = ":memory:"':
    "a database without a name is as private, and as short-lived",
  "{ timeout: 5_000 }":
    "that is better-sqlite3's own default; we say it, as two may open at once",
  'new TransferRejected("no")': "nobody reads the message of this one",
  'const sql = "INSERT INTO entries VALUES (?, ?, ?, ?, ?)";':
    "never reached: the ledger that was passed along has no prepare",
  "ctx.run(creditTarget, credit);":
    "without its yield* it does nothing: that is the flaw",
  "{ statement.free(); }": "frees memory a little sooner",
  "docs/lab/session: world.close();": "so does this",
  "docs/lab/session: stops === this.stops":
    "what can be planned would be found again, and be the same",
  "docs/lab/session: { cause }": "who looks for the reason reads it",
  'docs/lab/session: const name = this.history.at(-1)?.name ?? "";':
    "no call has this name, nor any other that is none",
  "docs/lab/session: this.lab?.tick()":
    "there is one: a lab that is closed has its timer cleared",
  'crash-lab/plan: const amount = link.get("amount") ?? "";':
    "whatever is no amount is refused",
  "docs/lab/session: this.lab?.decide(stop)": "there is one: it has a history",
  "{ wasmBinary: wasm }":
    "in Node sql.js finds it by itself; a page has it from nowhere else",
  "async-engine/transfer-money: { retryPolicy: new Never() }":
    "the async engine's own default; we say it, as the money hangs on it",
  'withArgument: return { status: "committed" };':
    "never reached: no step of this one succeeds",
  'withoutNever: catch { yield* ctx.run(applyEntry, reversal); return { status: "compensated" }; }':
    "never reached: without Never nobody stops asking",
  "port.onmessage?.({ data: structuredClone(word) })":
    "always set: the worker was started by then",
  'if (typeof data === "string") throw new Error(data);':
    "never reached: a store that is there says what it has",

  "{ return undefined; // somebody canceled the wait }":
    "so does a block without it",
  "{ return undefined; // a proxy's page, say }": "so does this",
  'const none = { id: "", choice: "none", by: "", reason: "", atMs: 0 };':
    "that it is none is what is read",
  'two-banks/start-worker: "transferBetweenBanks"':
    "to the SDK, no name is the function's own",
  '"by: reason"': "of what is checked, the key is what could be too long",

  // What the types ask for, and what is there at that point in any case.
  'park.split(":")[0] ?? ""': "a text that is split has a first part",
  '{ data = "" }': "what is encoded has data",
  "waiting[word.answers]?.reject": "there is one: it was called for",
  "waiting[word.answers]?.resolve": "there is one: it was called for",
  "this.#held[seat]?.shift": "there are two seats",
  "this.#held[seat]?.[0]": "there are two seats",
  "this.#workers[seat]?.tell": "there are two seats",
  'crash/two-workers: "value" in word':
    "an error has no head, and is no refusal either",
  "#workers: Worker[] = [];": "both are set before they are used",
  "#held: Held[][] = [[], []];": "both are set before they are used",
  "const waiting: PromiseWithResolvers<unknown>[] = [];":
    "numbers are names: they may begin at any",
  'const head = { corrId: "tick", version: "" };':
    "the store gives both back, and nobody looks",
  'const head = { corrId: "snap", version: "" };':
    "the store gives both back, and nobody looks",
  "(target: string) => this.#store.match(target)":
    "a simulation has one group of workers, whatever it is called",
};

/** A plugin of Stryker's: it makes no mutants in code that is listed above. */
export const strykerPlugins = [
  {
    kind: "Ignore",
    name: "equivalents",
    value: {
      shouldIgnore(path) {
        const { start, end } = path.node;
        const { code, opts } = path.hub.file;
        const change = code.slice(start, end).replace(/\s+/g, " ");
        const file = opts.filename.replace(
          /.*snippets\/|.*(?=docs\/)|\.ts$/g,
          "",
        );
        const within = path.getFunctionParent()?.node.id?.name;
        return (
          equivalents[change] ??
          equivalents[`${file}: ${change}`] ??
          equivalents[`${within}: ${change}`]
        );
      },
    },
  },
];
