import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { scripts } from "../package.json";
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

test("npm run outputs captures anew whatever a proof captures", () => {
  const named = scripts.outputs
    .split(" ")
    .filter((it) => it.startsWith("test/"));
  const captures = `.toMatchFile${"Snapshot"}(`; // and this line is no such
  const capturing = globSync("test/**/*.test.ts").filter((file) =>
    readFileSync(file, "utf8").includes(captures),
  );
  expect(capturing.length).toBeGreaterThan(3);
  // A name after it would be taken for its value.
  expect(scripts.outputs).toMatch(/ --update$/);
  // What needs a Postgres, npm run postgres captures.
  for (const file of capturing.filter((it) => !it.endsWith("postgres.test.ts")))
    expect(
      named.filter((name) => file.startsWith(name)),
      file,
    ).not.toEqual([]);
});
