/**
 * What a page may show: snippets, captured outputs, proofs. The components
 * and `test/pages.test.ts` both look here. A name that does not lead to
 * exactly one of them throws: on which page, which name, and what there is.
 */
import { execFile } from "node:child_process";
import { relative } from "node:path";
import { promisify } from "node:util";
import breaks from "../test/outputs/breaks.json";
import { type Excerpt, excerpt, regionsOf } from "./regions.ts";

/** The text of each file of `snippets/` and `test/`, by its path. */
export const sources = fromRoot(
  import.meta.glob<string>(["/snippets/**/*.ts", "/test/**/*.ts"], {
    query: "?raw",
    import: "default",
    eager: true,
  }),
);

/** The text of each captured output, by its path. */
export const outputs = fromRoot(
  import.meta.glob<string>("/test/outputs/*.txt", {
    query: "?raw",
    import: "default",
    eager: true,
  }),
);

/** By the path from the root; an editor or an archive may leave CRLF. */
export function fromRoot(files: Record<string, string>): Map<string, string> {
  return new Map(
    Object.entries(files).map(([key, text]) => [
      key.slice(1),
      text.replaceAll("\r\n", "\n"),
    ]),
  );
}

/** A file of `snippets/`, or one region of it. */
export function snippet(page: string, file: string, region?: string): Excerpt {
  const snippets = [...sources].filter(([path]) =>
    path.startsWith("snippets/"),
  );
  const path = `snippets/${file}`;
  const text = only(page, "snippet", path, snippets);
  if (region === undefined) return excerpt(path, text);
  return only(page, `region in ${path}`, region, [...regionsOf(path, text)]);
}

/** Which lines of it say so, counted from 1. Throws when none does. */
export function linesWith(page: string, { path, code }: Excerpt, text: string) {
  const lines = code
    .split("\n")
    .flatMap((line, index) => (line.includes(text) ? [index + 1] : []));
  if (lines.length === 0)
    throw new Error(`${page}: no line shown of ${path} has "${text}" in it`);
  return lines;
}

/** The captured output of that name: the command, and what it printed. */
export function output(page: string, name: string) {
  const text = only(page, "output", `test/outputs/${name}.txt`, [...outputs]);
  const [, command = "", printed = ""] =
    /^\$ (.*)\n([\s\S]*)$/.exec(text) ?? [];
  return { command, printed: printed.trimEnd() };
}

/** What runs the proofs of each of Vitest's projects. */
const commands = {
  proofs: "npm test",
  long: "npm run test:long",
  browser: "npm run test:browser",
  postgres: "npm run postgres",
} as const;

export interface Proof {
  title: string;
  /** The title as a page says it: where titles are generated, with gaps. */
  sentence: string;
  path: string;
  line: number;
  /** What runs it. */
  command: (typeof commands)[keyof typeof commands];
  /** A change of a file that turned it red; of some it is not known. */
  breaks?: { file: string; was: string; becomes: string } | undefined;
}

/** The test of that title, or of that template of titles, if it is run. */
export async function proof(page: string, title: string): Promise<Proof> {
  const titled = (await proofs()).map((each) => [each.title, each] as const);
  return only(page, "test that runs", title, titled);
}

let listed: Promise<Proof[]> | undefined;

/** Every test that is run; listed once, which takes about a second. */
export function proofs(): Promise<Proof[]> {
  listed ??= listProofs();
  return listed;
}

/** Vitest's own list: templates where titles are generated, none skipped. */
async function listProofs(): Promise<Proof[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    "node_modules/vitest/vitest.mjs",
    ...["list", "--json"],
    ...Object.keys(commands).flatMap((name) => ["--project", name]),
  ]);
  const tests: {
    name: string;
    file: string;
    location: { line: number };
    projectName: keyof typeof commands;
  }[] = JSON.parse(stdout);
  return tests.map(({ name, file, location, projectName }) => ({
    title: name,
    sentence: name.replace(/: %\w$/, "").replaceAll(GAP, "…"),
    path: relative(process.cwd(), file),
    line: location.line,
    command: commands[projectName],
    breaks: kept.find(([title]) => isTitled(title, name))?.[1],
  }));
}

/** What stands in a title for what a generated one has there. */
const GAP = /%\w|\$\w+/g;

const kept = Object.entries(breaks);

/** Whether a title is that one, or was generated from that template. */
export function isTitled(title: string, template: string): boolean {
  const [start = "", ...rest] = template.split(GAP);
  const end = rest.at(-1);
  if (end === undefined) return title === start;
  return title.startsWith(start) && title.endsWith(end);
}

/** The page of this site that shows the whole file, at a line or at several. */
export function sourceHref(path: string, line = 1, last = line): string {
  const range = last > line ? `?to=${last}` : ""; // which a script reads
  return onSite(`/source/${path}/${range}#L${line}`);
}

/** A place on this site, wherever the site is served. */
export function onSite(href: string): string {
  return import.meta.env.BASE_URL.replace(/\/$/, "") + href;
}

function only<T>(
  page: string,
  what: string,
  name: string,
  all: (readonly [name: string, value: T])[],
): T {
  const [found, second] = all.filter(([each]) => each === name);
  if (found && !second) return found[1];
  const problem = second ? `more than one ${what}` : `no ${what}`;
  const names = all.map(([each]) => `  ${each}`).join("\n");
  throw new Error(
    `${page}: there is ${problem} "${name}"; there are:\n${names}`,
  );
}
