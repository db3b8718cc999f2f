import { spawn } from "node:child_process";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { onTestFinished, vi } from "vitest";

const program = "snippets/many-machines/worker.ts";

/** A worker as a process, and what its log says, line by line. */
export async function startWorker(told: Record<string, string>) {
  const env = { ...process.env, ...told };
  const args = ["--import", "tsx", program];
  const worker = spawn(process.execPath, args, {
    env,
    stdio: ["ignore", "pipe", "inherit", "ipc"], // it ends when we do
  });
  onTestFinished(() => void worker.kill("SIGKILL"));
  const lines: Record<string, unknown>[] = [];
  createInterface(worker.stdout as Readable).on("line", (line) => {
    lines.push(JSON.parse(line));
  });
  const says = (msg: string) =>
    vi.waitUntil(() => lines.find((line) => line["msg"] === msg), 20_000);
  const up = await says("up");
  const { port } = up["health"] as AddressInfo;
  return { worker, says, health: `http://127.0.0.1:${port}` };
}
