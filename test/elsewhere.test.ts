import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import {
  afterAll,
  beforeAll,
  beforeEach,
  describe,
  expect,
  test,
} from "vitest";
import { output } from "../docs/notebook.ts";
import { readersEnv } from "./support/readers-env.ts";

/** Where somebody else clones this: another folder, git, user or environment. */
interface Place {
  name: string;
  folder?: string;
  git?: string[];
  env?: NodeJS.ProcessEnv;
  /** What `env` must not spoil: nothing is installed through a dead proxy. */
  installEnv?: NodeJS.ProcessEnv;
  user?: { uid: number; gid: number };
  /** What happens to the clone before anything is run. */
  change?: (clone: string) => void;
  /** Why the site is not built there, in the words that the build ends with. */
  noBuild?: RegExp;
  /** Why it cannot be tried on this machine. */
  skipped?: string;
}

const folder = mkdtempSync(join(tmpdir(), "elsewhere-"));
chmodSync(folder, 0o755); // for another user
// Ctrl-C leaves this process no time: another one waits for its end.
const clearAfter =
  'while kill -0 "$0" 2> /dev/null; do sleep 1; done; rm -rf "$1"';
spawn("sh", ["-c", clearAfter, String(process.pid), folder], {
  detached: true,
  stdio: "ignore",
}).unref();

const proxy = `http://127.0.0.1:${await closedPort()}`;
const [uid, gid] = ["-u", "-g"].map(idOfNobody);

const places: Place[] = [
  { name: "with core.autocrlf=true", git: ["core.autocrlf=true"] },
  { name: "with CRLF in every file", change: toCrlf },
  { name: "in the folder my clone", folder: "my clone" },
  {
    name: "in the folder it's",
    folder: "it's",
    noBuild: /Failed to parse code in .*virtual:astro-expressive-code\/config/,
  },
  { name: "in the folder a[b]{c}", folder: "a[b]{c}" },
  { name: "without HOME", env: { HOME: undefined } },
  {
    name: "in Turkish, and far to the east",
    env: {
      LANG: "tr_TR.UTF-8",
      LC_ALL: "tr_TR.UTF-8",
      TZ: "Pacific/Kiritimati",
    },
  },
  { name: "with NODE_ENV=production", env: { NODE_ENV: "production" } },
  { name: "with NO_COLOR=1", env: { NO_COLOR: "1", FORCE_COLOR: undefined } },
  {
    name: "with FORCE_COLOR=1",
    env: { FORCE_COLOR: "1", NO_COLOR: undefined },
  },
  {
    name: "with NO_COLOR=1 and FORCE_COLOR=1",
    env: { NO_COLOR: "1", FORCE_COLOR: "1" },
  },
  {
    name: "with a proxy that is gone",
    env: Object.fromEntries(
      ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"].flatMap((name) => [
        [name, proxy],
        [name.toLowerCase(), proxy],
      ]),
    ),
    installEnv: {},
  },
  {
    name: "as another user",
    ...(process.getuid?.() === 0 && uid && gid
      ? { user: { uid, gid } }
      : { skipped: "only root can be another user, and needs a user nobody" }),
  },
];

describe.for(places)("$name", (place) => {
  const { skipped, env = {}, installEnv = env, user, noBuild } = place;
  const home = join(folder, String(places.indexOf(place)));
  const clone = join(home, place.folder ?? "notebook");
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  const usersEnv = user ? { HOME: home } : {}; // with an npm cache of its own
  const type = (line: string, more = env) =>
    run(line, clone, { ...usersEnv, ...more }, user);

  let before = "";
  const status = () =>
    git("-c", "safe.directory=*", "-C", clone, "status", "--porcelain");

  beforeAll(async () => {
    if (skipped) return;
    const settings = (place.git ?? []).flatMap((value) => ["-c", value]);
    mkdirSync(home);
    git("clone", "--quiet", ...settings, process.cwd(), clone);
    place.change?.(clone);
    before = status();
    if (user) execFileSync("chown", ["-R", `${user.uid}:${user.gid}`, home]);
    const { exitCode, printed } = await type(
      "npm ci --prefer-offline --no-audit --no-fund",
      installEnv,
    );
    expect(exitCode, printed).toBe(0);
  });

  beforeEach(({ skip }) => skip(!!skipped, skipped));

  test.for(["demo", "crash-between", "dies-between"])(
    "%s prints what the pages show",
    async (name) => {
      const shown = output("test:elsewhere", name);
      const { exitCode, stdout, printed } = await type(shown.command);
      expect(stdout.trimEnd(), printed).toBe(shown.printed);
      expect(exitCode).toBe(0);
    },
  );

  test.for(["npm test", "npm run test:long"])("%s passes", async (line) => {
    const { exitCode, printed } = await type(line);
    expect(exitCode, printed).toBe(0);
  });

  // With CRLF in it a file is not formatted: what autocrlf must not do.
  test.skipIf(place.change)("biome finds every file formatted", async () => {
    const { exitCode, printed } = await type(
      "npx biome check --error-on-warnings",
    );
    expect(exitCode, printed).toBe(0);
  });

  test("npm run build does what the README says", async () => {
    const { exitCode, printed } = await type("npm run build");
    if (noBuild) return expect(printed).toMatch(noBuild);
    expect(exitCode, printed).toBe(0);
    const landing = readFileSync(join(clone, "dist/index.html"), "utf8");
    expect(landing).toContain("A transfer you can crash");
  });

  test("all of it leaves the clone as it was", () => {
    expect(status()).toBe(before);
  });
});

beforeAll(() => {
  if (git("status", "--porcelain"))
    console.warn("What is not committed is not in the clone, and not tested.");
});

/** Runs a line as a reader of that environment does, to its end. */
async function run(
  line: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
  user: Place["user"] = undefined,
) {
  const child = spawn("sh", ["-c", line], {
    cwd,
    env: withoutUndefined({ ...readersEnv, ...env }),
    ...user,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    stdout += text;
  });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text) => {
      printed += stripVTControlCharacters(text);
    });
  const [exitCode] = await once(child, "close");
  return { exitCode, stdout, printed };
}

/** As an archive or an editor on Windows may leave it. */
function toCrlf(clone: string) {
  for (const file of git("-C", clone, "ls-files").trimEnd().split("\n")) {
    const path = join(clone, file);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replaceAll("\n", "\r\n"));
  }
}

function withoutUndefined(env: NodeJS.ProcessEnv) {
  return Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined),
  );
}

function git(...args: string[]) {
  return execFileSync("git", args, { encoding: "utf8" });
}

function idOfNobody(which: string): number | undefined {
  try {
    return Number(execFileSync("id", [which, "nobody"], { stdio: "pipe" }));
  } catch {
    return undefined;
  }
}

/** A port at which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}
