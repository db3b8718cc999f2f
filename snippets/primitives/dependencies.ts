import { type Context, Never } from "@resonatehq/sdk";
import { openLedger } from "../transfer/open-ledger.ts";
import { inMemory } from "./in-memory.ts";

const about = "Hands a ledger to a step, past all records.";
await inMemory("dependencies", about, async (resonate) => {
  // #region dependencies
  const db = openLedger();
  resonate.setDependency("db", db);

  async function look(ctx: Context) {
    const given = ctx.getDependency("db");
    if (given !== db) throw new Error("it should be the very object");
    console.log("db:    the very object");
    console.log("clock:", ctx.getDependency("clock"));
  }
  function* visit(ctx: Context): Generator<unknown, void> {
    const once = ctx.options({ retryPolicy: new Never() });
    yield* ctx.run(look, once);
  }

  await resonate.register("visit", visit).run("monday");
  for (const id of ["monday", "monday:0"]) {
    const { param } = await resonate.promises.get(id);
    console.log(`the record of ${id}:`, atob(param.data ?? ""));
  }
  // #endregion dependencies
  db.close();
});
