import { type Context, Never } from "@resonatehq/sdk";
import { inMemory } from "./in-memory.ts";

const about = "Catches one error twice: live, and in a replay.";
await inMemory("caught", about, async (resonate) => {
  // #region caught
  class Closed extends Error {
    code = 423;
    constructor(message: string) {
      super(message, { cause: "holiday" });
      this.name = "Closed"; // a record keeps it
    }
  }
  let catches = 0;
  async function knock() {
    throw new Closed("nobody opens");
  }
  function* visit(ctx: Context): Generator<unknown, void> {
    const once = ctx.options({ retryPolicy: new Never() });
    try {
      yield* ctx.run(knock, once);
    } catch (caught) {
      const { name, message, code, cause } = caught as Closed;
      catches += 1;
      const isClosed = caught instanceof Closed;
      console.log({ name, message, code, cause, isClosed });
    }
    yield* ctx.sleep(500); // milliseconds; then comes a replay
  }

  await resonate.register("visit", visit).run("visit");
  // #endregion caught
  if (catches !== 2) throw new Error("no replay came");
});
