import { randomUUID } from "node:crypto";
import type { Network } from "@resonatehq/sdk";
import { afterAll, inject } from "vitest";
import { silence } from "#snippets/crash/silence.ts";
import { openNetwork } from "#snippets/many-machines/network.ts";
import { watchNetwork } from "#snippets/many-machines/watch-network.ts";
import { startDevServer } from "#snippets/support/dev-server.ts";

/** Where the engines of these proofs keep their records: see vitest.config.ts. */
const place = inject("place") ?? "in process";
const server = place === "dev server" ? await startDevServer() : undefined;
afterAll(() => server?.stop());

/** For a proof that lets minutes pass: `skip(...inRealTime)`. */
export const inRealTime = [
  place !== "in process",
  "the time of a server cannot be let pass",
] as const;

/** For a proof that asks by a client that was stopped. */
export const afterStop = [
  /^postgres/.test(place),
  "a client that is stopped has closed its connections to Postgres",
] as const;

/** What a client of these proofs is made with. In process: nothing. */
export function atPlace(): { network?: Network; pid?: string } {
  if (place === "in process") return {};
  const [group, pid] = [randomUUID(), randomUUID()];
  const network = openNetwork(server?.url ?? place, group, pid, silence);
  return { pid, network: apart(network, group) };
}

/**
 * A network to a store that has a memory, as if it had none: a client's ids are
 * its own, whatever others have called theirs, and so is the group that it is in
 * when it names none. Nothing else is changed.
 */
function apart(network: Network, group: string): Network {
  const own = `${randomUUID()}.`;
  const added = rename((id) => own + id);
  const removed = rename((id) => id.replace(own, ""));
  const renaming = watchNetwork(network, async (request) =>
    removed(await network.send(added(request) as never)),
  );
  return {
    ...renaming,
    match: (target) => network.match(target === "default" ? group : target),
    recv: (hear) => network.recv((message) => hear(removed(message) as never)),
  };
}

const ids =
  /^(id|awaited|awaiter|resonate:(origin|root|branch|parent|prefix))$/;

/** A copy of what is sent, with its ids changed. What it carries is encoded. */
const rename = (change: (id: string) => string) => {
  const renamed = (value: unknown, key = ""): unknown => {
    if (typeof value === "string") return ids.test(key) ? change(value) : value;
    if (Array.isArray(value)) return value.map((each) => renamed(each));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, renamed(each, name)]),
    );
  };
  return <T>(sent: T) => renamed(sent) as T;
};
