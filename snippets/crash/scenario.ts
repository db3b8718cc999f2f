import type { Logger, Network } from "@resonatehq/sdk";
import type { LedgerDb } from "../transfer/ledger.ts";
import type { CallService } from "./wire.ts";

/** A database that is opened anew, in Node or in a page. */
export type Database = LedgerDb & { close(): unknown };
export type OpenDatabase = () => Promise<Database> | Database;

// #region scenario
/** A run, what it meets, and how it may end. */
export interface Scenario<W extends World = World> {
  /** The id of the run, and the name of the function that it runs. */
  id: string;
  name: string;
  /** The names of its steps, by their numbers. */
  steps: readonly string[];
  /** Starts a worker, which reaches all but the server by `call`. */
  work(
    options: { network: Network; logger?: Logger; logLevel?: "error" },
    call: CallService,
  ): { stop(): Promise<void> };
  open(openDatabase: OpenDatabase): Promise<W>;
  paths: Record<string, Path<W>>;
}

/** What is there besides the server, for one run. */
export interface World {
  /** What the run is given. */
  order: unknown;
  /** What answers the calls of workers, by name. */
  services: Record<string, Service>;
  /** What is written by now, in words. */
  written(): Promise<string[]>;
  /** Names the end. Throws when this answer and the world differ. */
  check(answer: unknown): Promise<string>;
  close(): unknown;
}
export type Service = (method: string, args: unknown[]) => unknown;

/** What happens before the nth worker, and which ends are right. */
export interface Path<W extends World = World> {
  before?: ((world: W) => Promise<unknown>)[];
  ends: readonly string[];
}
// #endregion scenario
