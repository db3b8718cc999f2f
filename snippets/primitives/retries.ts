import { Constant, type Context, Never } from "@resonatehq/sdk";
import { inMemory } from "./in-memory.ts";

const about = "Counts the attempts at a step that always throws.";
await inMemory("retries", about, async (resonate) => {
  // #region retries
  class Closed extends Error {}

  let attempts = 0;
  async function knock(ctx: Context) {
    attempts = ctx.info.attempt;
    throw new Closed("nobody opens");
  }

  const retryPolicy = new Constant({ delay: 10, maxRetries: 2 });
  const policies = {
    "Never, ": { retryPolicy: new Never() },
    "Constant, two retries, ": { retryPolicy },
    "Constant, and nonRetryableErrors, ": {
      retryPolicy,
      nonRetryableErrors: [Closed],
    },
  };
  const counts: number[] = [];
  function* visit(ctx: Context): Generator<unknown, void> {
    for (const [name, options] of Object.entries(policies))
      try {
        yield* ctx.run(knock, ctx.options(options));
      } catch (error) {
        counts.push(attempts);
        console.log(`${name}attempts: ${attempts}, then ${error}`);
      }
  }

  await resonate.register("visit", visit).run("visit");
  // #endregion retries
  if (counts.join() !== "1,3,1") throw new Error("not 1, 3 and 1");
});
