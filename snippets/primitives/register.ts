import type { Context } from "@resonatehq/sdk";
import { inMemory } from "./in-memory.ts";

const about = "Registers a function, and asks for runs of it.";
await inMemory("register", about, async (resonate) => {
  // #region register
  let calls = 0;
  async function onePercent(_ctx: Context, amountCents: number) {
    calls += 1;
    return amountCents / 100;
  }
  const fees = resonate.register("fee", onePercent);

  const twice = [fees.run("a", 50_00), fees.run("a", 99_00)];
  console.log("a, twice at once: ", ...(await Promise.all(twice)));
  console.log("a, later:         ", await fees.run("a", 99_00));
  console.log(
    "b, by name:       ",
    await resonate.run("b", "fee", 99_00),
  );
  console.log("calls:            ", calls);

  const byItsOwnName = resonate.run("c", "onePercent", 99_00);
  console.log(await byItsOwnName.catch(String));
  // #endregion register
  if (calls !== 2) throw new Error("it should be 2");
});
