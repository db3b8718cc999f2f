import { test } from "vitest";
import { captured } from "./support/captured.ts";
import { readersFolder, run } from "./support/run.ts";

test.concurrent.for(Object.entries(captured))(
  "what a page shows as printed is what the program prints: %s",
  { timeout: 90_000 }, // all at once, on a machine that may be busy
  async ([name, commands], { expect, onTestFinished }) => {
    const cwd = readersFolder(onTestFinished);
    let printed = "";
    for (const command of commands) {
      const args = command.replace("npx tsx ", "").split(" ");
      const { exitCode, stdout, stderr } = await run(args, {
        cwd,
        timeout: 80_000,
      });
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      printed = `$ ${command}\n${stdout}`;
    }
    await expect(printed).toMatchFileSnapshot(`outputs/${name}.txt`);
  },
);
