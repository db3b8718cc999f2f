import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { calls, toLedger } from "../docs/calls.ts";
import { claims } from "../docs/claims.ts";
import {
  fromRoot,
  linesWith,
  output,
  outputs,
  proof,
  proofs,
  snippet,
  sourceHref,
  sources,
} from "../docs/notebook.ts";
import { folded } from "../docs/outline.ts";
import { regionsOf } from "../docs/regions.ts";
import { sdkDefault } from "../docs/sdk-defaults.ts";
import { pages, type Use, uses } from "../docs/uses.ts";
import { devDependencies, engines } from "../package.json";
import {
  byHand,
  captured,
  many,
  onPostgres,
  whereItIs,
} from "./support/captured.ts";

async function resolve({ page, component, of = "", ...use }: Use) {
  if (component === "Snippet") {
    const shown = snippet(page, use.file ?? "", use.region);
    return use.mark ? linesWith(page, shown, use.mark) : shown;
  }
  if (component === "Default") return sdkDefault(page, of, Number(use.is));
  return component === "Output" ? output(page, of) : proof(page, of);
}

test("every snippet, output and proof that a page names is there", async () => {
  expect(uses.length).toBeGreaterThan(0);
  const problems: string[] = [];
  for (const use of uses)
    await resolve(use).catch((error) => problems.push(error.message));
  expect(problems).toEqual([]);
});

test("each proof is known by the command that runs it, and a page names any but npm test", async () => {
  const others = {
    "npm run test:browser": /^test\/(crash-lab\/browser|find-out|site)\//,
    "npm run postgres": /^test\/many-machines\/postgres\.test\.ts$/,
  };
  const all = await proofs();
  for (const { path, command, title } of all) {
    const other = Object.entries(others).find(([, at]) => path.match(at));
    const expected = other ? [other[0]] : ["npm test", "npm run test:long"];
    expect(expected, title).toContain(command);
  }
  const commandOf = (file: string) =>
    all.find(({ path }) => path === `test/${file}.test.ts`)?.command;
  expect(commandOf("the-shape/saga")).toBe("npm test");
  expect(commandOf("outputs")).toBe("npm run test:long");
  expect(new Set(all.map(({ command }) => command)).size).toBe(4);
  for (const name of ["Proof", "Claims"])
    expect(readFileSync(`docs/components/${name}.astro`, "utf8")).toContain(
      '{command !== "npm test" && ',
    );
});

test("a command that runs some proofs by their titles names two or three that there are", async () => {
  const titles = (await proofs()).map(({ title }) => title);
  const lines = Object.values(pages).flatMap(
    (text) => text.match(/^npm run proofs .*$/gm) ?? [],
  );
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    const [, pattern = ""] = / -t "([^"]+)"$/.exec(line) ?? [];
    expect(pattern).toMatch(/^[\w ,|]+$/); // the runner reads a pattern
    for (const part of pattern.split("|"))
      expect(
        titles.filter((title) => title.includes(part)),
        part,
      ).toHaveLength(1);
    expect(pattern.split("|").length, line).toBeLessThanOrEqual(3);
  }
});

test("every claim has a proof on some page, and no proof is for a claim that is not there", () => {
  const proven = new Set(uses.flatMap(({ claim }) => claim ?? []));
  expect([...proven].sort()).toEqual(Object.keys(claims).sort());
});

test("the list of claims has each claim once", () => {
  const list = pages["/docs/content/docs/claims.mdx"] ?? "";
  const listed = [...list.matchAll(/<Claims of=\{\[([\d, ]+)\]\}/g)].flatMap(
    ([, numbers = ""]) => numbers.split(", "),
  );
  expect(listed.sort()).toEqual(Object.keys(claims).sort());
});

test("no two proofs have the same title", async () => {
  const titles = (await proofs()).map(({ title }) => title);
  expect(titles.filter((title, n) => titles.indexOf(title) !== n)).toEqual([]);
});

test("every file of a chapter and of what is taken along, and every region and output, is on some page", () => {
  const shown = new Set(
    uses.flatMap(({ file, region, of }) => [
      `snippets/${file}`,
      `snippets/${file}#${region}`,
      `test/outputs/${of}.txt`,
    ]),
  );
  const there = [...sources]
    .filter(([path]) => path.startsWith("snippets/"))
    .flatMap(([path, text]) => [
      ...(/^snippets\/(crash|support)\//.test(path) ? [] : [path]),
      ...[...regionsOf(path, text).keys()].map((name) => `${path}#${name}`),
    ]);
  const orphans = [...there, ...outputs.keys()].filter((it) => !shown.has(it));
  expect(orphans, "shown on no page").toEqual([]);
});

test("every output shown is one that is captured from a run", () => {
  const names = [
    ...Object.keys({ ...captured, ...onPostgres }),
    byHand,
    many,
    whereItIs,
  ].map((name) => `test/outputs/${name}.txt`);
  expect([...outputs.keys()].sort()).toEqual(names.sort());
});

test("no page has code of its own, shell lines apart", () => {
  for (const [page, text] of Object.entries(pages)) {
    const fences = [...text.matchAll(/^\s*(?:```|~~~)(.*)$/gm)];
    const languages = fences.map(([, info]) => info?.split(" ")[0]);
    expect(
      languages.filter((each) => each !== "sh" && each !== ""),
      page,
    ).toEqual([]);
    expect(text, page).not.toMatch(/<(Code|pre)\b/);
  }
});

test("a region is shown without its marks, and with its own lines and indent", () => {
  const text = [
    "one",
    "  // #region outer",
    "  two",
    "    // #region inner",
    "    three",
    "    // #endregion inner",
    "",
    "  four",
    "  // #endregion outer",
    "five",
  ].join("\n");
  const regions = Object.fromEntries(regionsOf("a.ts", text));
  expect(regions).toEqual({
    inner: {
      path: "a.ts",
      firstLine: 5,
      lastLine: 5,
      code: "three",
      lines: [5],
      indent: 4,
    },
    outer: {
      path: "a.ts",
      firstLine: 3,
      lastLine: 8,
      code: "two\n  three\n\nfour",
      lines: [3, 5, 7, 8],
      indent: 2,
    },
  });
});

test("what is shown is what the files say", async () => {
  const { code, firstLine, lastLine } = snippet(
    "",
    "support/format-cents.ts",
    "format",
  );
  const lines =
    sources.get("snippets/support/format-cents.ts")?.split("\n") ?? [];
  expect(code).toBe(lines.slice(firstLine - 1, lastLine).join("\n"));
  const { command, printed } = output("", "demo");
  expect(`$ ${command}\n${printed}\n`).toBe(
    outputs.get("test/outputs/demo.txt"),
  );
  const { title, path, line } = await proof(
    "",
    "what is shown is what the files say",
  );
  expect(sources.get(path)?.split("\n")[line - 1]).toContain(title);
  expect(sourceHref(path, line)).toBe(`/source/${path}/#L${line}`);
});

test("a name that leads nowhere is an error that says what there is", async () => {
  expect(() => snippet("/page/", "demos.ts")).toThrow(
    /^\/page\/: there is no snippet "snippets\/demos.ts"; there are:\n.* {2}snippets\/demo.ts\n/s,
  );
  expect(() => snippet("/page/", "demo.ts", "wring")).toThrow(
    /^\/page\/: there is no region in snippets\/demo.ts "wring"; there are:\n {2}run$/,
  );
  expect(() => output("/page/", "demos")).toThrow(
    /^\/page\/: there is no output "test\/outputs\/demos.txt"; there are:\n.* {2}test\/outputs\/demo.txt/s,
  );
  await expect(proof("/page/", "all is well")).rejects.toThrow(
    /^\/page\/: there is no test that runs "all is well"; there are:\n.* {2}a transfer that commits/s,
  );
});

test("a line that a page marks is one that it shows", async () => {
  const shown = snippet("", "support/format-cents.ts", "format");
  const [line = 0] = linesWith("/page/", shown, "export function");
  expect(shown.code.split("\n")[line - 1]).toContain("export function");
  expect(() => linesWith("/page/", shown, "colour")).toThrow(
    '/page/: no line shown of snippets/support/format-cents.ts has "colour" in it',
  );
});

test("long code is folded to its outline, and what is taken along is not", () => {
  const code = [
    "export class Long {",
    ...Array.from({ length: 20 }, () => "  field;"),
    "",
    "  method() {",
    ...Array.from({ length: 20 }, () => "    statement;"),
    "  }",
    "}",
  ].join("\n");
  const shown = {
    path: "snippets/crash/a.ts",
    firstLine: 1,
    lastLine: 45,
    code,
  };
  expect(folded(shown)).toEqual([[24, 43]]);
  const flat = code.replaceAll("  field;", "field;");
  expect(folded({ ...shown, code: flat })).toEqual([[23, 44]]);
  expect(folded({ ...shown, path: "snippets/transfer/a.ts" })).toEqual([]);
  const short = code.split("\n").slice(5).join("\n");
  expect(folded({ ...shown, code: short })).toEqual([]);
});

test("a default of the SDK that is not the one a page is written for is an error that names the page", async () => {
  await expect(
    resolve({ page: "/a-page/", component: "Default", of: "timeout", is: "1" }),
  ).rejects.toThrow(/^\/a-page\/: it is written for a default "timeout" of 1,/);
  await expect(
    resolve({ page: "/a-page/", component: "Default", of: "colour", is: "1" }),
  ).rejects.toThrow("none of that name");
});

test("a region that is there twice, or not closed where it should be, is an error", () => {
  const marked = (...marks: string[]) =>
    regionsOf("a.ts", marks.map((mark) => `// #${mark}`).join("\n"));
  expect(() =>
    marked("region a", "endregion a", "region a", "endregion a"),
  ).toThrow('a.ts:3: region "a" is there twice');
  expect(() => marked("region a", "region a")).toThrow(
    'a.ts:2: region "a" is there twice',
  );
  expect(() => marked("region a", "region b", "endregion a")).toThrow(
    'a.ts:3: "a" is not the open region',
  );
  expect(() => marked("endregion a")).toThrow(
    'a.ts:1: "a" is not the open region',
  );
  expect(() => marked("region a")).toThrow(
    'a.ts:1: region "a" is never closed',
  );
});

test("a file whose lines end as on Windows is shown as any other", () => {
  for (const [path, text] of [...sources, ...outputs]) {
    const onWindows = { [`/${path}`]: text.replaceAll("\n", "\r\n") };
    expect(fromRoot(onWindows).get(path)).toBe(text);
  }
});

test("a snippet can be read: at most 120 lines, of at most 72 characters", () => {
  for (const [path, text] of sources) {
    if (!path.startsWith("snippets/")) continue;
    const lines = text.trimEnd().split("\n");
    expect(lines.length, path).toBeLessThanOrEqual(120);
    expect(
      lines.filter((line) => line.length > 72),
      path,
    ).toEqual([]);
  }
});

test("the README says of Node what package.json says", () => {
  const needed = engines.node.replace(">=", "");
  const readme = readFileSync("README.md", "utf8");
  expect(readme).toContain(`The code needs Node ${needed} or newer.`);
  const { node } = devDependencies;
  expect(readme).toContain(`a Node of its own, ${node.split(".")[0]},`);
});

test("a number that a page counts in the crash matrix is one that was counted", () => {
  expect(calls).toContain("record-result");
  expect(toLedger).toEqual(["write-debit", "write-credit"]);
});
