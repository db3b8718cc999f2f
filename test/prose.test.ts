import { existsSync } from "node:fs";
import * as sdk from "@resonatehq/sdk";
import { expect, test } from "vitest";
import { sources } from "../docs/notebook.ts";
import { countWords, proseOf } from "../docs/prose.ts";
import { pages } from "../docs/uses.ts";
import { scripts } from "../package.json";

/** Inline code that is neither ours nor the SDK's, and why it may stand. */
const exceptions: Record<string, string> = {
  "lit-html": "the package that draws the crash lab",
  "resonate serve": "the server's own command; ours is resonate dev's stand-in",
  "resonate serve --server-bind 127.0.0.1 --observability-metrics-port 0":
    "its command, bound to this machine",
  "resonate tree": "the server's own command, which draws a run",
  "--require all": "an option of npm run engines",
  "--tasks-retry-timeout": "an option of the server",
  "--tasks-retry-timeout 2000": "the same, with a value",
  "--messages-poll-interval": "an option of the server",
  "npx vitest run": "the test runner's own command, on the list of proofs",
};

const typed = {
  "a number with a unit":
    /\d\s?(%|(ms|s|milliseconds?|seconds?|minutes?|hours?|days?|bytes?|[KMG]B)\b)/,
  "a version": /\bv?\d+\.\d+\.\d+\b|\b(Node|SDK|SQLite|npm|Postgres) \d/,
  "a file and line": /\b[\w-]+\.(ts|js|py|mdx?):\d/,
};

/** What is in a text that a page is to import, and not to type. */
function typedIn(text: string): string[] {
  const words = proseOf(text).replace(/`[^`]*`/g, "");
  return Object.entries(typed).flatMap(([what, pattern]) => {
    const [found] = pattern.exec(words) ?? [];
    return found ? [`${what}: ${found}`] : [];
  });
}

const ours = [...sources]
  .filter(([path]) => path.startsWith("snippets/"))
  .map(([, code]) => code)
  .join("\n");

function isKnown(code: string): boolean {
  const [, script = ""] = /^npm (?:run )?([\w:-]+)/.exec(code) ?? [];
  return (
    code in sdk ||
    code in exceptions ||
    script in scripts ||
    ours.includes(code) ||
    (/^[\w-]+\//.test(code) && existsSync(code))
  );
}

function unknownCodeIn(text: string): string[] {
  const codes = proseOf(text).matchAll(/`([^`]*)`/g);
  return [...codes].map(([, code = ""]) => code).filter((it) => !isKnown(it));
}

/** What is found on all pages, each with its page. */
function onPages(find: (text: string) => string[]): string[] {
  return Object.entries(pages).flatMap(([page, text]) =>
    find(text).map((found) => `${page}: ${found}`),
  );
}

test("a page types no number with a unit, no version, and no line of a file", () => {
  expect(onPages(typedIn)).toEqual([]);
  expect(typedIn("It takes 30 s, or 5% in 0.11.5; see a.ts:12")).toHaveLength(
    3,
  );
  expect(typedIn("{lease} ms, and alice has 200.00")).toEqual([]);
});

test("inline code is a name of ours or of the SDK, or an exception with a reason", () => {
  expect(onPages(unknownCodeIn)).toEqual([]);
  expect(unknownCodeIn("`transferMony` and `npm run nothing`")).toHaveLength(2);
  expect(unknownCodeIn("`Never`, `npm test`, `op_id`")).toEqual([]);
  const needless = Object.keys(exceptions).filter(
    (code) =>
      ours.includes(code) ||
      !Object.values(pages).some((text) => text.includes(`\`${code}\``)),
  );
  expect(needless, "exceptions that nothing needs").toEqual([]);
});

test("no page has more than 900 words outside code and output", () => {
  for (const [page, text] of Object.entries(pages))
    expect(countWords(text), page).toBeLessThanOrEqual(900);
});

const terms = [
  ...(pages["/docs/content/docs/glossary.mdx"] ?? "").matchAll(/^## (.*)$/gm),
].map(([, term = ""]) => term.toLowerCase());

/** A term in the singular and in the plural. */
function formsOf(term: string): RegExp {
  const stem = term.replace(/(f|y)$/, "");
  const ends = { f: "(f|ves)", y: "(y|ies)" }[term.slice(stem.length)] ?? "s?";
  return new RegExp(`(?<![\\w-])${stem}${ends}(?![\\w-])`, "i");
}

/** The terms that a text uses before it has a link to what they mean. */
function unlinkedIn(text: string): string[] {
  return terms.filter((term) => {
    const link = `(/glossary/#${term.replace(" ", "-")})`;
    const [before = ""] = text.split(link);
    const prose = proseOf(
      before
        .replace(/^---$[\s\S]*?^---$/m, "")
        .replace(/^#.*$|^\|.*$/gm, "") // headings and tables
        .replace(/`[^`]*`|\[[^\]]*\]\([^)]*\)/g, "")
        .replace(/\[[^\]]*\]$/, ""), // what the link itself says
    );
    return formsOf(term).test(prose);
  });
}

test("each page links a term of the glossary where it first uses it", () => {
  const listed = /\/(glossary|claims|404)\.mdx?$/;
  const found = Object.entries(pages)
    .filter(([page]) => !listed.test(page))
    .flatMap(([page, text]) =>
      unlinkedIn(text).map((term) => `${page}: ${term}`),
    );
  expect(found).toEqual([]);
  expect(unlinkedIn("All leaves, and [a leaf](/glossary/#leaf).")).toEqual([
    "leaf",
  ]);
  expect(unlinkedIn("A [leaf](/glossary/#leaf), and leaves.")).toEqual([]);
});
