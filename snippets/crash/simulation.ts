import { Resonate } from "@resonatehq/sdk";
import { answerCalls } from "./answer-call.ts";
import { checkEnd } from "./check-end.ts";
import type { Fate } from "./crash-point.ts";
import { type Moment, nameCalls } from "./history.ts";
import type {
  OpenDatabase,
  Path,
  Scenario,
  World,
} from "./scenario.ts";
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
  /** The answer to the first who asked. */
  end: Promise<unknown> = new Promise(() => {});
  readonly #scenario: Scenario<W>;
  readonly #path: Path<W>;
  readonly #client: Resonate;
  readonly #answer: ReturnType<typeof answerCalls>;
  readonly #broken = Promise.withResolvers<never>();
  #workers = 0;

  constructor(scenario: Scenario<W>, path: Path<W>, world: W) {
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
    scenario: Scenario<W>,
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

  /** Has the next worker work, until it dies or `until` is settled. */
  async work(
    worker: Worker,
    fateOf: (moment: Moment) => Fate | Promise<Fate>,
    until: Promise<unknown> = this.end,
  ) {
    const number = this.#workers++;
    await this.#path.before?.[number]?.(this.world);
    const { steps, keys } = this.#scenario;
    const nameOf = nameCalls(steps, keys);
    const dead = Promise.withResolvers<void>();
    let alive = true;
    worker.onCall(async ({ number: answers, call }) => {
      if (!alive) return;
      const name = nameOf(call);
      // It is answered at once, and is no part of the history.
      if (name.startsWith("heartbeat"))
        return worker.tell({ answers, ...(await this.do(call)) });
      const moment: Moment = { worker: number + 1, name, call };
      this.history.push(moment);
      const fate = await fateOf(moment);
      if (!alive) return;
      moment.fate = fate;
      alive = fate === "answered";
      const done = fate === "before" ? undefined : await this.do(call);
      if (done && "value" in done) moment.answer = done.value;
      if (!alive) dead.resolve();
      else if (done) worker.tell({ answers, ...done });
    });
    this.server.join(worker);
    await Promise.race([dead.promise, Promise.allSettled([until])]);
    alive = false;
    this.server.leave(worker);
    await worker.terminate();
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
    await this.#client.stop();
    await this.world.close();
  }
}
// #endregion simulation
