import { join } from "node:path";
import { startDevServer } from "../support/dev-server.ts";
import { formatCents } from "../support/format-cents.ts";
import { serverUrl } from "../support/program.ts";
import { startProcess } from "../support/start-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { ledgerIdOf, openAccount } from "../transfer/accounts.ts";
import type { LedgerDb } from "../transfer/ledger.ts";
import { countMade } from "./count-made.ts";
import { closeWhenTold, freshLedger } from "./fresh-ledger.ts";
import { openShared } from "./open-shared.ts";

/**
 * What a group of workers needs: a server, ours unless `RESONATE_URL`
 * or `DATABASE_URL` names another, and a ledger in a file or in the
 * Postgres of `LEDGER_URL`, with 1.00 for each of `count` transfers.
 */
export async function openGroup(group: string, count: number) {
  const given = process.env["DATABASE_URL"] || serverUrl();
  const server = given ? undefined : await startDevServer();
  const postgres = process.env["LEDGER_URL"];
  const fresh = postgres ? await freshLedger(postgres) : undefined;
  if (fresh) closeWhenTold(fresh);
  const place = fresh?.url ?? join(temporaryFolder("many"), "many.db");
  const db = await openShared(place);
  await openAccount(db, "alice", count * 1_00);
  await openAccount(db, "bob", 0);
  const ledgerId = await ledgerIdOf(db);
  const url = given ?? server?.url ?? "";

  // #region workers
  const told = {
    RESONATE_URL: url,
    LEDGER_URL: place,
    LEDGER_ID: ledgerId,
    GROUP: group,
    LEASE_MS: "2000",
    FRONT_PORT: "0", // any that is free
  };
  const start = async (program: Program) =>
    startProcess(new URL(program, import.meta.url), [], {
      env: { ...process.env, ...told },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
  // #endregion workers

  const close = async () => {
    await db.close();
    await fresh?.close();
    await server?.stop();
  };
  return { url, db, ledgerId, start, close };
}

export type Program = "worker.ts" | "front.ts";

/** Prints what the ledger has. Throws unless each was made once. */
export async function checkMade(
  db: LedgerDb,
  count: number,
  ends: string[],
): Promise<void> {
  const committed = ends.filter((each) => each === "committed").length;
  const { made, entries, heldCents, seededCents } = await countMade(db);
  const [held, seeded] = [heldCents, seededCents].map(formatCents);
  console.log(
    `${committed} committed, ${made} made by ${entries} entries`,
  );
  console.log(`sum ${held} of ${seeded}`);
  const once = [committed, made, entries / 2].every((n) => n === count);
  if (!once || heldCents !== seededCents)
    throw new Error("not every transfer was made once");
}

/** Throws when it is no number of transfers that a program can make. */
export function countOf(text: unknown): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 4 || count > 100_000)
    throw new Error("--transfers takes a number from 4 on");
  return count;
}
