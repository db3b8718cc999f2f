import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { output, proof, snippet } from "../docs/notebook.ts";
import { pages, placeOf, uses } from "../docs/uses.ts";
import { readersEnv } from "./support/readers-env.ts";

const folder = mkdtempSync(join(tmpdir(), "clone-"));
const clone = join(folder, "notebook");
const git = (...args: string[]) =>
  execFileSync("git", args, { encoding: "utf8" });

beforeAll(() => {
  git("clone", "--quiet", process.cwd(), clone);
  if (git("status", "--porcelain"))
    console.warn("What is not committed is not in the clone, and not tested.");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Line {
  line: string;
  prints?: string;
}

/** What a reader of the page types, in order: shell blocks and commands. */
function linesOf(page: string, text: string): Line[] {
  const typed = /^```sh.*\n([\s\S]*?)^```$|^<Output of="([^"]*)"/gm;
  return [...text.matchAll(typed)].flatMap(([, block, name]) => {
    if (block)
      return block
        .trim()
        .split("\n")
        .map((line) => ({ line }));
    const { command, printed } = output(page, name ?? "");
    return [{ line: command, prints: printed }];
  });
}

/** What ends the programs that are left running in other terminals. */
const running = new Set<() => void>();
afterAll(() => {
  for (const end of running) end();
});

/** What a page has its reader export, by the page. */
const exported: Record<string, string> = {};

/**
 * Runs a line to its end. What prints an address is visited there, and ended
 * by Ctrl-C. What prints a line to type has that typed. What says that Ctrl-C
 * ends it is left running, in a terminal of its own, and what it says to
 * export is there for the lines after it.
 */
async function run(
  line: string,
  visit: (address: string) => Promise<void>,
  page = "",
) {
  const child = spawn("sh", ["-c", `${exported[page] ?? ""}${line}`], {
    cwd: clone,
    env: readersEnv,
    detached: true, // a group of its own, as a terminal gives it
    stdio: ["ignore", "pipe", "pipe"],
  });
  const group = -(child.pid ?? Number.NaN);
  const ended = once(child, "close");
  const printing = Promise.withResolvers<string>();
  let stdout = "";
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    stdout += text;
  });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text) => {
      printed += stripVTControlCharacters(text);
      const [said] =
        /http:\/\/localhost:\d+\/|kill -9 \d+|Ctrl-C ends it/.exec(printed) ??
        [];
      if (said) printing.resolve(said);
    });
  const said = await Promise.race([printing.promise, ended.then(() => "")]);
  if (said === "Ctrl-C ends it") {
    const [line = ""] = /^export .*\n/m.exec(printed) ?? [];
    exported[page] = (exported[page] ?? "") + line;
    running.add(() => process.kill(group, "SIGINT"));
    return { exitCode: 0, stdout, printed };
  }
  if (said.startsWith("kill")) execFileSync("sh", ["-c", said]);
  else if (said) await visit(said).finally(() => process.kill(group, "SIGINT"));
  const [exitCode] = await ended; // which also means: no child is left
  return { exitCode: said ? 0 : exitCode, stdout, printed };
}

/** The addresses that a search of the served site finds. */
async function search(address: string, word: string): Promise<string[]> {
  const pagefind = await import(
    /* @vite-ignore */ pathToFileURL(join(clone, "dist/pagefind/pagefind.js"))
      .href
  );
  await pagefind.options({ basePath: `${address}pagefind/` });
  const { results } = await pagefind.search(word);
  const pages = results.map((result: { data(): unknown }) => result.data());
  return (await Promise.all(pages)).map(({ url }) => url);
}

const typed = Object.entries({
  "README.md": readFileSync("README.md", "utf8"),
  ...pages,
})
  .flatMap(([page, text]) =>
    linesOf(page, text).map((line) => ({ page, ...line })),
  )
  // What npm runs is the same on every page, and may take minutes. And what
  // is run before this, in a clone that is new as well, need not run again.
  .filter(
    ({ line }, index, all) =>
      !line.startsWith("npm ") ||
      line.endsWith("--stay") || // each page's lines are a terminal's
      (!/^npm (test|run (check|build|crash-matrix|outputs|at-random))\b/.test(
        line,
      ) &&
        all.findIndex((each) => each.line === line) === index),
  );

const isNpm = ({ line }: Line) => line.startsWith("npm ");

/** Types a line, and looks at what it prints. */
async function type({ page, line, prints }: (typeof typed)[number]) {
  const visit = async (address: string) => {
    const html = await (await fetch(address)).text();
    expect(html).toContain("A transfer you can crash");
    if (line.includes("npm start"))
      expect(await search(address, "reversal")).toContain(
        `${address}the-shape/`,
      );
  };
  const { exitCode, stdout, printed } = await run(line, visit, page);
  expect(exitCode, printed).toBe(0);
  if (prints !== undefined) expect(stdout.trimEnd()).toBe(prints);
  if (line.includes("npm start"))
    expect(printed.replace(/^npm warn.*$/gm, "")).not.toMatch(/warn/i);
}

// What they install and build, and the servers that stay, are for all others.
test.for(typed.filter(isNpm))("$page: $line", type);

/** When the lines of a page that were typed before have ended. */
const turns = new Map<string, Promise<void>>();

test.concurrent.for(typed.filter((line) => !isNpm(line)))(
  "$page: $line",
  async (line) => {
    const before = turns.get(line.page);
    const { promise, resolve } = Promise.withResolvers<void>();
    turns.set(line.page, promise);
    await before;
    await type(line).finally(resolve);
  },
);

/** What is taken, how many files prove it, and a line that breaks it. */
const taken = [
  {
    flag: "",
    files: 4,
    broken: "two-banks/classify.ts",
    was: "status !== 200 || ",
    is: "",
    by: "answers",
    red: "is a yes or a no",
  },
  {
    flag: "--one-ledger",
    files: 10,
    broken: "in-transit/pay-in.ts",
    was: "+ ? < 0",
    is: "+ ? < -100000",
    by: "crash",
    red: "at any pair of points",
  },
];

test.for(taken)(
  "what is taken along proves itself elsewhere, on a machine with another Node, and a line that breaks it turns it red: take $flag",
  async ({ flag, files, broken, was, is, by, red }) => {
    const there = join(folder, `taken${flag}`);
    const lines = `cd "${there}" && npm install --no-audit --no-fund && npm test`;
    const visit = async () => {};
    const take = await run(`npm run take -- ${flag} "${there}"`, visit);
    expect(take.exitCode, take.printed).toBe(0);
    const green = await run(lines, visit);
    expect(green.exitCode, green.printed).toBe(0);
    expect(green.printed).toMatch(new RegExp(`Test Files {2}${files} passed`));

    const file = join(there, "snippets/transfer", broken);
    const text = readFileSync(file, "utf8");
    expect(text).toContain(was);
    writeFileSync(file, text.replace(was, is));
    const after = await run(`cd "${there}" && npm test -- ${by}`, visit);
    expect(after.exitCode).not.toBe(0);
    expect(after.printed).toContain(red);
  },
);

test("the built landing page has the saga's own lines", () => {
  const html = readFileSync(join(clone, "dist/index.html"), "utf8");
  const text = html
    .replace(/<[^>]*>/g, "")
    .replace(/&#x(\w+);/g, (_, hex) => String.fromCodePoint(parseInt(hex, 16)))
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
  for (const line of snippet(
    "/",
    "transfer/transfer-money.ts",
    "try-catch",
  ).code.split("\n"))
    expect(text).toContain(line.trim());
});

test("the site says of each proof that npm test does not run what runs it", async () => {
  let cited = 0;
  for (const { page, of = "" } of uses.filter(
    ({ component }) => component === "Proof",
  )) {
    const { command } = await proof(page, of);
    if (command !== "npm test") cited += 1;
  }
  const html = Object.keys(pages)
    .filter((page) => page.endsWith(".mdx"))
    .map((page) => `${placeOf(page).href}index.html`)
    .map((path) => readFileSync(join(clone, "dist", path), "utf8"))
    .flatMap((text) => text.match(/<p class="proof"[\s\S]*?<\/p>/g) ?? []);
  const said = html.filter((each) =>
    each.match(/npm run (test:browser|test:long|postgres)/),
  );
  expect(cited).toBeGreaterThan(0);
  expect(said).toHaveLength(cited);
});

test("no figure of the crash matrix that a page shows is none", () => {
  const counted = Object.entries(pages).filter(([, text]) =>
    text.includes("crash-matrix.json"),
  );
  expect(counted).not.toEqual([]);
  for (const [page] of counted) {
    const file = join(clone, "dist", `${placeOf(page).href}index.html`);
    const text = readFileSync(file, "utf8").replace(
      /<script[\s\S]*?<\/script>|<[^>]*>/g,
      " ",
    );
    expect(text, page).not.toMatch(/\bNaN\b|\bundefined\b/);
  }
});

test("the shell lines leave the clone as it was", () => {
  expect(git("-C", clone, "status", "--porcelain")).toBe("");
});
