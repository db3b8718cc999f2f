import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import pRetry from "p-retry";
import { freePort } from "../support/free-port.ts";

/**
 * A Resonate server of our own on loopback, by its program, with a disk that
 * `storage` names. It can be killed, and started again at the same address.
 */
export async function startResonate(
  program: string,
  storage: string[],
  retryMs: number,
) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const args = [
    ...["serve", "--server-bind", "127.0.0.1", "--server-port", `${port}`],
    ...["--observability-metrics-port", "0", "--level", "error"],
    ...["--tasks-retry-timeout", `${retryMs}`, ...storage],
  ];
  const start = async () => {
    const server = spawn(program, args, { stdio: "ignore" });
    const exit = once(server, "exit");
    process.once("exit", () => server.kill("SIGKILL")); // if we are told to end
    await pRetry(() => fetch(url), { retries: 50, minTimeout: 20, factor: 1 });
    return async () => {
      server.kill("SIGKILL");
      await exit;
    };
  };
  let kill = await start();
  return {
    url,
    async restart(awayMs: number) {
      await kill();
      await setTimeout(awayMs);
      kill = await start();
    },
    stop: () => kill(),
  };
}
