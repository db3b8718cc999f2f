import type { Logger, Network, Resonate } from "@resonatehq/sdk";
import type { LedgerDb } from "../transfer/ledger.ts";
import type { MessageFault } from "./crash-point.ts";
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
  /** How long it may take, in milliseconds, if not the usual time. */
  timeout?: number;
  /** The names of its steps, by their numbers. */
  steps: readonly string[];
  /** What services call them: a value of a call ends so. */
  keys?: readonly string[];
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
  /** When the run waits, and for no time to pass: does something. */
  atRest?(engine: Engine): Promise<unknown>;
  /** Lets happen what a path says may happen at any time. */
  happen?(event: string): unknown;
  /** Has the next request to this service meet this. */
  meet?(service: string, fault: MessageFault): void;
  /** Names the end. Throws when this answer and the world differ. */
  check(answer: unknown): Promise<string>;
  close(): unknown;
}
export type Engine = Pick<Resonate, "promises">;
export type Service = (method: string, args: unknown[]) => unknown;

/** What happens before the nth worker, and which ends are right. */
export interface Path<W extends World = World> {
  before?: ((world: W) => unknown)[];
  ends: readonly string[];
  /** What may happen at any time, where faults are drawn. */
  events?: readonly string[];
}
// #endregion scenario

/** A scenario, for one path that is given. */
export type OneRun<W extends World = World> = Omit<
  Scenario<W>,
  "paths"
>;
