import { Resonate } from "@resonatehq/sdk";
import { answerCalls } from "./answer-call.ts";
import { attend, type FateOf } from "./attend.ts";
import { checkEnd } from "./check-end.ts";
import { type Moment, nameCalls } from "./history.ts";
import type { Left } from "./resume.ts";
import type { OneRun, OpenDatabase, Path, World } from "./scenario.ts";
import { Server } from "./server.ts";
import { silence } from "./silence.ts";
import type { Call, Worker } from "./wire.ts";

// #region simulation
/**
 * One run of a scenario: all that outlives a worker, and the history of
 * what workers called. It owns the server, the world, and a client.
 */
export class Simulation<W extends World = World> {
  readonly world: W;
  readonly server = new Server();
  readonly history: Moment[] = [];
  /** What was held or frozen, and can come yet. */
  readonly left: Left[] = [];
  /** The answer to the first who asked. */
  end: Promise<unknown> = new Promise(() => {});
  readonly #scenario: OneRun<W>;
  readonly #path: Path<W>;
  readonly #client: Resonate;
  readonly #answer: ReturnType<typeof answerCalls>;
  readonly #broken = Promise.withResolvers<never>();
  #workers = 0;

  constructor(scenario: OneRun<W>, path: Path<W>, world: W) {
    this.world = world;
    this.#scenario = scenario;
    this.#path = path;
    const { network } = this.server;
    this.#client = new Resonate({ network, logger: silence });
    const { reject } = this.#broken;
    this.#answer = answerCalls(this, this.#client, reject);
  }

  /** Opens a world, and asks for the run in it. */
  static async begin<W extends World>(
    scenario: OneRun<W>,
    path: Path<W>,
    openDatabase: OpenDatabase,
  ) {
    const world = await scenario.open(openDatabase);
    return new Simulation(scenario, path, world).start();
  }

  /** Asks for the run for the first time. */
  start(): this {
    this.end = Promise.race([this.ask(), this.#broken.promise]);
    this.end.catch(() => {}); // whoever waits for it hears
    return this;
  }

  /** By one id there is one run, however often it is asked for. */
  ask(): Promise<unknown> {
    const { id, name, timeout } = this.#scenario;
    const options = this.#client.options(timeout ? { timeout } : {});
    return this.#client.rpc(id, name, this.world.order, options);
  }

  /** Has the next worker work, until it stops or `until` is settled. */
  async work(
    worker: Worker,
    fateOf: FateOf,
    until: Promise<unknown> = this.end,
  ) {
    const number = ++this.#workers;
    await this.#path.before?.[number - 1]?.(this.world);
    const { steps, keys } = this.#scenario;
    const nameOf = nameCalls(steps, keys);
    const attended = attend(
      { run: this, worker, number, nameOf },
      fateOf,
    );
    this.server.join(worker);
    const over = Promise.allSettled([until]);
    await Promise.race([attended.stopped, over]);
    this.server.leave(worker);
    const last = this.history.findLast((it) => it.worker === number);
    if (last?.fate === "held") this.left.push({ held: last });
    if (attended.isFrozen()) this.left.push({ frozen: attended });
    else await attended.leave();
  }

  /** Does what a worker calls for, alive or not. */
  do(call: Call) {
    return this.#answer(call);
  }

  /** Names the end. Throws unless it is one that is right here. */
  check(): Promise<string> {
    return checkEnd(this, this.#path.ends);
  }

  async close() {
    for (const { frozen } of this.left.splice(0)) await frozen?.leave();
    await this.#client.stop();
    await this.world.close();
  }
}
// #endregion simulation
