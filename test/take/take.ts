import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import manifest from "../../package.json" with { type: "json" };
import { program } from "../../snippets/support/program.ts";
import { closureOf } from "./files.ts";
import { purposes } from "./purposes.ts";
import { sagas } from "./sagas.ts";

const USAGE = `\
usage: npm run take -- [--one-ledger] <folder>

Copies the saga for two banks into that folder, with its leaves, its clients
and a bank, a package.json, and the proofs with the simulation they need. Then:
npm install && npm test, there. The folder must be empty, or not be there yet.

  --one-ledger   the saga for one ledger instead, with its leaves and tables`;

const config = `\
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    // The random schedules of each run. No server is to know of them.
    env: { SCHEDULES: "500", RESONATE_URL: "" },
  },
});
`;

const options = { "one-ledger": { type: "boolean", default: false } } as const;
const args = { options, allowPositionals: true };
await program(USAGE, args, async ({ values, positionals: [folder] }) => {
  if (!folder) throw new Error("name a folder: npm run take -- <folder>");
  if (existsSync(folder) && readdirSync(folder).length)
    throw new Error(`${folder} is not empty: name another folder`);

  const texts = new Map<string, string>();
  const read = (path: string) => {
    const text = texts.get(path) ?? readFileSync(path, "utf8");
    texts.set(path, text);
    return text;
  };
  const saga = sagas[values["one-ledger"] ? "one-ledger" : "two-banks"];
  const { rooms, files, proofs, title, yours } = saga;
  const at = (name: string) => `snippets/transfer/${name}`;
  const taken = [
    ...rooms.flatMap((room) =>
      readdirSync(at(room)).map((name) => at(`${room}/${name}`)),
    ),
    ...files.map(at),
  ];
  const own = closureOf(taken, read);
  const all = closureOf([...own.keys(), ...proofs], read);

  for (const path of all.keys()) put(join(folder, path), read(path));
  put(join(folder, "vitest.config.ts"), config);
  put(join(folder, "package.json"), packageOf(saga.name, own, all));
  put(join(folder, ".npmrc"), readFileSync(".npmrc", "utf8"));
  cpSync(".ci/no-node-gyp", join(folder, ".ci/no-node-gyp"), {
    recursive: true,
  });
  const row = (path: string) => {
    const name = path.replace("snippets/", "").replace(".ts", "");
    if (!purposes[name]) throw new Error(`what is ${path} for?`);
    return `- \`${path}\`: ${purposes[name]}`;
  };
  const others = [...all.keys()].filter((path) => !own.has(path));
  const readme = [
    `# ${title}`,
    "`npm install && npm test` runs its proofs. Replace:",
    yours.map((each) => `- ${each}`).join("\n"),
    "## What you run",
    [...own.keys()].sort().map(row).join("\n"),
    "## What proves it",
    others
      .filter((path) => path.startsWith("snippets/"))
      .sort()
      .map(row)
      .join("\n"),
    "The proofs themselves are in `test/`.",
  ];
  const text = `${readme.join("\n\n")}\n`;
  put(join(folder, "README.md"), text);
  console.log(text);
  console.log(`now: cd ${folder} && npm install && npm test`);
});

function put(path: string, text: string) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

type Packages = Map<string, string[]>;

/** Versions are ours. What only the proofs need is for development. */
function packageOf(name: string, own: Packages, all: Packages): string {
  const ours: Record<string, string> = {
    ...manifest.dependencies,
    ...manifest.devDependencies,
  };
  const versions = (names: Iterable<string>) =>
    Object.fromEntries(
      [...new Set(names)].sort().map((name) => [name, ours[name]]),
    );
  const dependencies = versions([...own.values()].flat());
  const needed = [...all.values()].flat();
  const others = needed.filter((name) => !(name in dependencies));
  const tools = ["node", "node-gyp", "vitest", "@types/better-sqlite3"];
  const content = {
    name,
    private: true,
    type: "module",
    license: manifest.license,
    imports: manifest.imports,
    engines: manifest.engines,
    scripts: { test: "vitest run" },
    dependencies,
    devDependencies: versions([...others, ...tools]),
    "//": manifest["//"],
    allowScripts: manifest.allowScripts,
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
