import {
  type CrashPoint,
  type Death,
  fateAt,
  pointsOf,
} from "#snippets/crash/crash-point.ts";
import type { Moment } from "#snippets/crash/history.ts";
import type { Place } from "#snippets/crash/run-schedule.ts";
import { Server } from "#snippets/crash/server.ts";
import { callsAfter } from "#snippets/crash-lab/calls-after.ts";
import { scenarioOf } from "#snippets/crash-lab/lab-scenario.ts";
import { fromLink, type Plan, toLink } from "#snippets/crash-lab/plan.ts";
import { type Snapshot, snapshot } from "#snippets/crash-lab/snapshot.ts";
import { type Lab, startLab } from "#snippets/crash-lab/start-lab.ts";
import { deathsIn, type Frame, isSame, phaseOf } from "./frame.ts";

/** How long a reader is shown that a lease has to pass, if it is cut short. */
const SHORT_WAIT_MS = 2_500;

/** What a reader does in a lab, and what there is to see of it. */
export class Session {
  plan: Plan;
  /** How many milliseconds a worker waits when it runs by itself. */
  pace: number;
  lab: Lab | undefined;
  snapshot: Snapshot | undefined;
  /** What the worker, or the next one, calls for: where it may die. */
  calls: Moment[] = [];
  isRunning = false;
  problem = "";
  /** All that was there to see so far. */
  frames: Frame[] = [];
  /** Which of them the reader has gone back to. */
  lookedAt: number | undefined;
  /** Whether it goes to the first death at once, and waits for no lease. */
  isHurried = false;
  #ordered: Plan;
  #place: Place;
  #show: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(place: Place, plan: Plan, pace: number, show: () => void) {
    this.#place = place;
    this.plan = plan;
    this.#ordered = plan;
    this.pace = pace;
    this.#show = show;
  }

  get history() {
    return this.lab?.history ?? [];
  }
  get answers() {
    return this.lab?.answers ?? [];
  }
  get deaths(): number {
    return deathsIn(this);
  }
  get phase() {
    return this.lab ? phaseOf(this) : "ready";
  }
  /** What the reader sees: what is now, or what was. */
  get frame(): Frame {
    return this.frames[this.lookedAt ?? -1] ?? this;
  }
  get points(): CrashPoint[] {
    return pointsOf(this.calls);
  }
  /** Where the worker, or the next one, is to die. */
  get planned(): CrashPoint | undefined {
    return this.plan.deaths[this.deaths];
  }

  /** What was ordered, and where workers died, or, so far, are to die. */
  get link(): string {
    const { phase, plan } = this;
    const isOver = phase === "ended";
    const deaths = plan.deaths.slice(0, isOver ? this.deaths : undefined);
    return toLink({ ...plan, deaths });
  }

  /** Back to the order as it was before it was given. */
  async reset() {
    this.frames = [];
    this.lookedAt = undefined;
    this.isHurried = false;
    if (this.lab) this.plan = this.#ordered;
    await this.close();
    this.problem = "";
    const { openDatabase } = this.#place;
    const world = await scenarioOf(this.plan).open(openDatabase);
    this.snapshot = await snapshot(world.db, new Server(), []);
    world.close();
    await this.#refresh();
  }

  /** Starts over with the plan of a link, should it carry one. */
  async follow(hash: string) {
    const link = hash.slice(1);
    if (!link.includes("amount=")) return; // it leads to a heading
    if (link === this.link) return;
    try {
      const plan = fromLink(link);
      await this.#check(plan);
      await this.close();
      this.plan = plan;
      await this.reset();
    } catch (error) {
      this.fail(`The link does not work: ${(error as Error).message}.`);
    }
  }

  /** Throws if a worker does not get to where it is to die. */
  async #check(plan: Plan) {
    const called = callsAfter(this.#place.openDatabase, plan);
    await called.catch((cause) => {
      const message = "a worker does not get to where it is to die";
      throw new Error(message, { cause });
    });
  }

  change(plan: Partial<Plan>) {
    this.problem = "";
    this.plan = { ...this.plan, ...plan };
    return this.#refresh();
  }

  /** Has the worker, or the next one, die there, or nowhere. */
  planDeath(point?: CrashPoint) {
    const deaths = this.plan.deaths.slice(0, this.deaths);
    return this.change({ deaths: point ? [...deaths, point] : deaths });
  }

  async start(isRunning: boolean) {
    if (this.lab) return;
    this.isRunning = isRunning;
    this.#ordered = this.plan;
    let deaths = 0;
    const changed = () => {
      if (deaths === this.deaths) return this.#update();
      deaths = this.deaths;
      return this.#refresh();
    };
    try {
      this.problem = "";
      this.lab = await startLab(this.#place, this.plan, changed);
    } catch (error) {
      this.fail((error as Error).message);
    }
    await this.#refresh();
  }

  /** Has the worker die where it is to die, now, and another go on. */
  hurry() {
    this.isHurried = true;
    return this.start(true);
  }

  /** Looks at what was before. */
  back() {
    const at = (this.lookedAt ?? this.frames.length - 1) - 1;
    return this.#lookAt(Math.max(0, at));
  }

  /** Looks at what is now. */
  catchUp() {
    return this.#lookAt(this.frames.length - 1);
  }

  #lookAt(at: number) {
    this.lookedAt = at < this.frames.length - 1 ? at : undefined;
    return this.run(false);
  }

  /** One call further, of which the worker may be to die. */
  step() {
    this.problem = "";
    if (this.lookedAt !== undefined) {
      this.#lookAt(this.lookedAt + 1);
      return;
    }
    const name = this.history.at(-1)?.name ?? "";
    this.lab?.decide(fateAt(this.planned, name));
  }

  run(isRunning: boolean) {
    this.isRunning = isRunning;
    return this.#update();
  }

  async crash(death: Death) {
    const last = this.history.at(-1);
    if (!last || last.fate) return;
    await this.planDeath(`${death}:${last.name}`);
    this.lab?.decide(death);
  }

  fail(problem: string) {
    this.problem = problem;
    this.#show();
  }

  async close() {
    clearTimeout(this.#timer);
    const { lab } = this;
    this.lab = undefined;
    await lab?.close();
  }

  /** What can be planned is another after each death, or another order. */
  async #refresh() {
    const deaths = this.plan.deaths.slice(0, this.deaths);
    const plan = { ...this.plan, deaths };
    this.calls = await callsAfter(this.#place.openDatabase, plan);
    await this.#update();
  }

  async #update() {
    clearTimeout(this.#timer);
    const { lab } = this;
    if (lab) this.snapshot = await lab.snapshot();
    if (lab !== this.lab) return;
    if (lab) this.#note();
    this.#show();
    this.#goOn();
  }

  #note() {
    const { answers, snapshot } = this;
    const history = this.history.map((moment) => ({ ...moment }));
    const frame = { history, answers: [...answers], snapshot };
    const last = this.frames.at(-1);
    if (last && isSame(last, frame)) this.frames.pop();
    this.frames.push(frame);
  }

  /**
   * What happens next if the reader does nothing. No time passes while a
   * worker lives: on a machine that slept, its heartbeats are as late.
   */
  #goOn() {
    const last = this.history.at(-1);
    if (this.phase === "working" && this.isRunning) {
      const isRushing = this.isHurried && this.deaths === 0;
      if (last && !last.fate)
        this.#timer = setTimeout(() => this.step(), isRushing ? 0 : this.pace);
    } else if (this.phase === "waiting") {
      const { isHurried } = this;
      this.#timer = setTimeout(
        async () => {
          await (isHurried ? this.lab?.skipWait() : this.lab?.tick());
          await this.#update();
        },
        isHurried ? SHORT_WAIT_MS : 1000,
      );
    }
  }
}
