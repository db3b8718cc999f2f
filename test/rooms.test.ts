import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { sources } from "../docs/notebook.ts";
import { regionsOf } from "../docs/regions.ts";

/** Each import of a file of `snippets/`, by its own files. */
const imports = [...sources]
  .filter(([path]) => path.startsWith("snippets/"))
  .flatMap(([path, text]) =>
    [...text.matchAll(/^(import|export)( type)?\b[^;]*?"(\.[^"]+)"/gm)].map(
      ([, , type, name = ""]) => ({
        path,
        type: type !== undefined,
        to: join(dirname(path), name),
      }),
    ),
  );
const from = (room: string) =>
  imports.filter(({ path }) => path.startsWith(`snippets/${room}/`));

test("what a reader takes along imports nothing else of the snippets", () => {
  expect(from("transfer").length).toBeGreaterThan(5);
  expect(
    from("transfer").filter(({ to }) => !to.startsWith("snippets/transfer/")),
  ).toEqual([]);
});

test("what kills knows no saga: no step, no kind of entry, no account, and of what is taken along only types", () => {
  expect(from("crash").length).toBeGreaterThan(5);
  const others = from("crash").filter(
    ({ to }) => !to.startsWith("snippets/crash/"),
  );
  const wrong = others.filter(
    ({ to, type }) => !(type && to.startsWith("snippets/transfer/")),
  );
  expect(wrong).toEqual([]);
  const words = /transferMoney|debit|credit|reversal|compensat|alice|bob|"t1"/i;
  const found = [...sources].filter(
    ([path, text]) => path.startsWith("snippets/crash/") && words.test(text),
  );
  expect(found.map(([path]) => path)).toEqual([]);
});

test("what chapters share imports nothing of a chapter", () => {
  const rooms = /^snippets\/(transfer|crash|support)\//;
  expect(from("support").length).toBeGreaterThan(5);
  expect(from("support").filter(({ to }) => !rooms.test(to))).toEqual([]);
});

test("whatever is flawed on purpose says so where it is shown, and that it is not to be copied", () => {
  const flawed = [
    "async-engine/forgetful.ts",
    "crash-matrix/flawed-scenario.ts",
    "the-problem/naive-transfer.ts",
    "two-banks/flawed/believes.ts",
    "two-banks/flawed/gives-up.ts",
    "two-banks/flawed/hasty.ts",
    "two-banks/flawed/forgets-refusals.ts",
    "two-banks/flawed/other-key.ts",
    "who-does-what/drop-key.ts",
    "who-does-what/leaves.ts",
    "who-does-what/sagas.ts",
  ];
  const sagas = flawed.flatMap((file) => {
    const path = `snippets/${file}`;
    return [...regionsOf(path, sources.get(path) ?? "")];
  });
  expect(sagas.length).toBeGreaterThan(flawed.length);
  const silent = sagas.filter(
    ([name, { code }]) =>
      name !== "register" && !code.includes("Flawed: do not copy."),
  );
  expect(silent.map(([name]) => name)).toEqual([]);
});
