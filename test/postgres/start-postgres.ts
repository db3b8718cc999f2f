import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { freePort } from "../support/free-port.ts";

/**
 * A Postgres of our own: a fresh cluster in a folder of its own, on loopback,
 * with a password. Unless it is to be durable, it does not wait for the disk, and
 * outlives no power cut. Where we are root it runs as the user postgres, as it insists on.
 */
export async function startPostgres({ isDurable = false } = {}) {
  const programs = programsFolder();
  const user = process.getuid?.() === 0 ? userCalled("postgres") : undefined;
  const folder = mkdtempSync(join(tmpdir(), "postgres-"));
  const remove = () =>
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  process.once("exit", remove);
  try {
    const password = randomBytes(16).toString("hex");
    writeFileSync(join(folder, "password"), password);
    if (user)
      for (const path of [folder, join(folder, "password")])
        chownSync(path, user.uid, user.gid);
    const data = join(folder, "data");
    execFileSync(
      join(programs, "initdb"),
      [
        ...["-D", data, "-U", "owner", "--locale=C", "--encoding=UTF8"],
        ...["--auth=scram-sha-256", "--pwfile", join(folder, "password")],
      ],
      { ...user, cwd: folder, stdio: ["ignore", "ignore", "inherit"] },
    );
    const port = await freePort();
    const settings = {
      port,
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "",
      ...(!isDurable && {
        fsync: "off",
        full_page_writes: "off",
        synchronous_commit: "off",
      }),
    };
    const start = async () => {
      const server = spawn(
        join(programs, "postgres"),
        [
          ...["-D", data],
          ...Object.entries(settings).flatMap(([k, v]) => ["-c", `${k}=${v}`]),
        ],
        // Of its own group: Ctrl-C is ours, and we stop it when all is done.
        {
          ...user,
          cwd: folder,
          detached: true,
          stdio: ["ignore", "ignore", "pipe"],
        },
      );
      const ended = once(server, "exit");
      const atOnce = () => server.kill("SIGQUIT");
      process.prependOnceListener("exit", atOnce); // if we are told to end
      await listening(server.stderr, ended);
      return async () => {
        server.kill("SIGINT"); // it ends what is open
        await ended;
        process.removeListener("exit", atOnce);
      };
    };
    let end = await start();
    return {
      url: `postgres://owner:${password}@127.0.0.1:${port}/postgres`,
      async restart(awayMs: number) {
        await end();
        await setTimeout(awayMs);
        end = await start();
      },
      async stop() {
        await end();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Where `initdb` is: Debian does not put it on the path. */
function programsFolder(): string {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  const folders = [
    ...(process.env["PATH"] ?? "").split(delimiter),
    ...versions
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(debian, version, "bin")),
  ];
  const found = folders.find((each) => existsSync(join(each, "initdb")));
  if (!found)
    throw new Error(
      "there is no initdb: install Postgres (Debian's package postgresql), or put its programs on PATH",
    );
  return found;
}

function userCalled(name: string) {
  const id = (what: string) =>
    Number(execFileSync("id", [what, name], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

/** Settled when Postgres says that it is up. What it said, when it ends. */
async function listening(
  said: NodeJS.ReadableStream,
  ended: Promise<unknown>,
): Promise<void> {
  let log = "";
  const up = Promise.withResolvers<void>();
  said.setEncoding("utf8");
  said.on("data", (text: string) => {
    log = (log + text).slice(-4_000);
    if (log.includes("ready to accept connections")) up.resolve();
  });
  ended.then(() => up.reject(new Error(`Postgres did not start: ${log}`)));
  await up.promise;
}
