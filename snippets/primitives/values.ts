import { inspect } from "node:util";
import type { Context } from "@resonatehq/sdk";
import { inMemory } from "./in-memory.ts";

const about = "What becomes of a value that goes in and comes out.";
await inMemory("values", about, async (resonate) => {
  // #region values
  const values: Record<string, unknown> = {
    undefined: undefined,
    Date: new Date(0),
    Map: new Map([["alice", 1]]),
    NaN: Number.NaN,
  };
  const rows: Record<string, string[]> = {};

  async function same(_ctx: Context, value: unknown) {
    return value;
  }
  function* carry(ctx: Context, name: string, argument: unknown) {
    const result = yield* ctx.run(same, values[name]);
    rows[name] ??= [inspect(argument)];
    rows[name].push(inspect(result)); // live, and then replayed
    yield* ctx.sleep(500); // milliseconds; then comes a replay
  }

  const carriers = resonate.register("carry", carry);
  const carried = Object.entries(values).map(([name, value]) =>
    carriers.run(name, name, value),
  );
  await Promise.all(carried);
  // #endregion values
  const names = ["run()'s argument", "a result, live", "and replayed"];
  for (const [value, cells] of Object.entries(rows)) {
    console.log(value);
    for (const [index, cell] of cells.entries())
      console.log(`  ${names[index]?.padEnd(17)} ${cell}`);
  }
  if (rows["Map"]?.[2] !== "{}") throw new Error("no replay came");
});
