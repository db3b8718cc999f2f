import { program } from "../support/program.ts";
import { forget } from "./forgetful.ts";

const USAGE = `\
usage: npx tsx snippets/async-engine/forgotten.ts

A saga without the yield* of its credit, and one without the await.`;

await program(USAGE, {}, async () => {
  process.env["RESONATE_URL"] = ""; // these runs are in memory

  // #region forgotten
  const found: string[] = [];
  for (const word of ["yield*", "await"] as const)
    for (const rejects of [false, true]) {
      const { status, made } = await forget(word, rejects);
      found.push(made.join(", "));
      const target = rejects ? "rejects" : "accepts";
      console.log(
        `without ${word}, and the target ${target} the credit`,
      );
      console.log(`  ledger  ${made.join(", ")}`);
      console.log(`  => ${status}`);
    }
  // #endregion forgotten
  const wanted = ["debit", "debit", "debit, credit", "debit"];
  if (found.join("; ") !== wanted.join("; "))
    throw new Error("not as the page says");
});
