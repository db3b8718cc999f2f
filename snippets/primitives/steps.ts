import type { Context } from "@resonatehq/sdk";
import { inMemory } from "./in-memory.ts";

const about = "Has a body replayed, and its steps not called again.";
await inMemory("steps", about, async (resonate) => {
  // #region steps
  let calls = 0;
  async function draw(_ctx: Context, from: string) {
    calls += 1;
    console.log(`  a number is drawn from ${from}`);
    return 7;
  }

  function* lottery(ctx: Context): Generator<unknown, number> {
    console.log("the body begins");
    ctx.run(draw, "the green urn"); // no yield*: never called
    const drawn = yield* ctx.run(draw, "the red urn");
    yield* ctx.sleep(500); // milliseconds; then comes a replay
    console.log(`the body ends with ${drawn}`);
    return drawn;
  }

  await resonate.register("lottery", lottery).run("sunday");
  // #endregion steps
  if (calls !== 1) throw new Error("it should be one call");
});
