import { Resonate } from "@resonatehq/sdk";
import { onTestFinished, vi } from "vitest";
import { silence } from "#snippets/crash/silence.ts";

/** A client in memory, or at `url`, that is stopped when the test ends. */
export function client(url?: string): Resonate {
  const resonate = new Resonate({ ...(url && { url }), logger: silence });
  onTestFinished(() => resonate.stop());
  return resonate;
}

/** Ends a body's wait at `ctx.promise()`: what comes next is a replay. */
export async function replay(resonate: Resonate, id: string) {
  await vi.waitFor(() => resonate.promises.get(id));
  await resonate.promises.resolve(id);
}

/** Time that passes only when told to, for the SDK and its store too. */
export function virtualTime() {
  vi.useFakeTimers({
    toFake: ["setTimeout", "clearTimeout", "setInterval", "Date"],
  });
  onTestFinished(() => void vi.useRealTimers());
}

export const minutes = (count: number) => count * 60_000;
