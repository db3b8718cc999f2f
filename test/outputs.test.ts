import { expect, test } from "vitest";
import { readersFolder, run } from "./run.ts";

/** The commands of each output: it is what the last of them prints. */
const outputs = {
  "crash-between": ["npx tsx snippets/the-problem/crash-between.ts"],
  demo: ["npx tsx snippets/demo.ts"],
  "demo-again": [
    "npx tsx snippets/demo.ts ledger.db",
    "npx tsx snippets/demo.ts ledger.db",
  ],
  "insert-or-ignore": ["npx tsx snippets/the-shape/insert-or-ignore.ts"],
};

test.for(Object.entries(outputs))(
  "%s prints what its page shows",
  { timeout: 30_000 },
  async ([name, commands]) => {
    const cwd = readersFolder();
    let captured = "";
    for (const command of commands) {
      const args = command.replace("npx tsx ", "").split(" ");
      const { exitCode, stdout, stderr } = await run(args, { cwd });
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      captured = `$ ${command}\n${stdout}`;
    }
    await expect(captured).toMatchFileSnapshot(`outputs/${name}.txt`);
  },
);
