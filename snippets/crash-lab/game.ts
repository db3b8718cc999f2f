import type { FaultPoint } from "../crash/crash-point.ts";
import type { OneRun, Path, World } from "../crash/scenario.ts";
import type { Simulation } from "../crash/simulation.ts";
import type { Snapshot } from "./snapshot.ts";

/** What a transfer has left in the accounts, in cents. */
export interface Money {
  /** By how much all accounts differ from what was seeded. */
  cents: number;
  /** What Bob has, who had nothing. */
  bobCents: number;
  /** An account that holds less than nothing, and how much. */
  below?: { account: string; cents: number } | undefined;
  /** By how much all accounts differed once, in between. */
  uneven?: number;
}

// #region game
/** What a transfer meets. Each change after its start is a fault. */
export interface Meeting<W extends World = World> {
  says: string;
  /** How the transfer may end then. */
  ends: string[];
  /** What is there from the start. */
  first?(world: W): unknown;
  /** What the second worker finds changed. */
  second?(world: W): unknown;
  /** What has changed again when what was held or frozen comes. */
  last?(world: W): unknown;
}

/** A run that can be played, and what it meets. */
export interface Game<W extends World = World> {
  /** Opens its world as the meeting has it from the start. */
  scenario: OneRun<W>;
  meeting: Meeting<W>;
  /** The services that are reached by messages, which can get lost. */
  far: readonly string[];
  moneyIn(world: W): Promise<Money>;
  /** What there is to see of it now. */
  snapshotOf(
    run: Pick<Simulation<W>, "world" | "server" | "history">,
  ): Promise<Snapshot>;
}

/** What changes for its second worker. No end is checked here. */
export function pathOf<W extends World>({
  second = () => {},
}: Meeting<W>): Path<W> {
  return { before: [() => {}, second], ends: [] };
}

/** Whether something can come yet when such a run has ended. */
export function isLeft(faults: readonly FaultPoint[]): boolean {
  return faults.some((it) => /^(held|frozen|request held):/.test(it));
}
// #endregion game

/** The steps of a saga of which nothing is known but their order. */
export const NTH = [
  ...["first", "second", "third", "fourth", "fifth", "sixth"],
  ...["seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"],
];
