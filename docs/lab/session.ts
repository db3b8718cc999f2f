import {
  fateAt,
  type Stop,
  type StopPoint,
  stopsAt,
} from "#snippets/crash/crash-point.ts";
import type { Moment } from "#snippets/crash/history.ts";
import type { Place } from "#snippets/crash/run-schedule.ts";
import { Server } from "#snippets/crash/server.ts";
import { gameOf } from "#snippets/crash-lab/lab-scenario.ts";
import { fromLink, type Plan, toLink } from "#snippets/crash-lab/plan.ts";
import { playOut } from "#snippets/crash-lab/play-out.ts";
import { type Snapshot, snapshot } from "#snippets/crash-lab/snapshot.ts";
import { type Lab, startLab } from "#snippets/crash-lab/start-lab.ts";
import { isStop } from "#snippets/crash-lab/told.ts";
import { type Frame, isSame, isStubborn, phaseOf, stopsIn } from "./frame.ts";

/** How long a reader is shown that a lease has to pass, if it is cut short. */
const SHORT_WAIT_MS = 2_500;

/** Where a lab is, which is told what its workers are to run. */
export interface LabPlace extends Place {
  prepare(plan: Plan): Promise<unknown>;
}

/** What a reader does in a lab, and what there is to see of it. */
export class Session {
  plan: Plan;
  /** How many milliseconds a worker waits when it runs by itself. */
  pace: number;
  lab: Lab | undefined;
  snapshot: Snapshot | undefined;
  /** What the worker, or the next one, calls for: where it may stop. */
  calls: Moment[] = [];
  isRunning = false;
  problem = "";
  /** All that was there to see so far. */
  frames: Frame[] = [];
  /** Which of them the reader has gone back to. */
  lookedAt: number | undefined;
  /** Whether the wait for a lease is cut short. */
  isHurried = false;
  /** How many stops are played at once, without a pause. */
  #rushed = 0;
  #ordered: Plan;
  #place: LabPlace;
  #show: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(place: LabPlace, plan: Plan, pace: number, show: () => void) {
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
  get stops(): number {
    return stopsIn(this);
  }
  get phase() {
    return this.lab ? phaseOf(this) : "ready";
  }
  /** What the reader sees: what is now, or what was. */
  get frame(): Frame {
    return this.frames[this.lookedAt ?? -1] ?? this;
  }
  /** All that there was to see until then. */
  get seen(): Frame[] {
    const { frames, lookedAt = frames.length - 1 } = this;
    return frames.slice(0, lookedAt + 1);
  }
  get points(): StopPoint[] {
    return stopsAt(this.calls);
  }
  /** Where the worker, or the next one, is to stop. */
  get planned(): StopPoint | undefined {
    return this.plan.faults[this.stops];
  }

  /** What was ordered, and where workers stopped, or, so far, are to. */
  get played(): Plan {
    const { answers, plan } = this;
    const isOver = answers.length > 0;
    const faults = plan.faults.slice(0, isOver ? this.stops : undefined);
    return { ...plan, faults };
  }
  get link(): string {
    return toLink(this.played);
  }

  /** Back to the order as it was before it was given. */
  async reset() {
    this.frames = [];
    this.lookedAt = undefined;
    this.isHurried = false;
    this.#rushed = 0;
    if (this.lab) this.plan = this.#ordered;
    await this.close();
    this.problem = "";
    const { openDatabase } = this.#place;
    await this.#place.prepare(this.plan);
    const world = await gameOf(this.plan).scenario.open(openDatabase);
    this.snapshot = await snapshot([world.db], new Server(), []);
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
      await this.#callsAfter(plan).catch((cause) => {
        const message = "a worker does not get to where it is to stop";
        throw new Error(message, { cause });
      });
      await this.close();
      this.plan = plan;
      await this.reset();
    } catch (error) {
      this.say(`The link does not work: ${(error as Error).message}.`);
    }
  }

  /**
   * All that a worker calls for, if those before it stop like this: found by
   * playing it. Throws if one of them does not get to where it is to stop.
   */
  async #callsAfter(plan: Plan): Promise<Moment[]> {
    const played = await playOut(this.#place.openDatabase, plan);
    const number = plan.faults.length + 1;
    return played.history.filter(({ worker }) => worker === number);
  }

  async change(plan: Partial<Plan>) {
    this.problem = "";
    this.plan = { ...this.plan, ...plan };
    await this.#place.prepare(this.plan);
    return this.#refresh();
  }

  /** Has the worker, or the next one, stop there, or nowhere. */
  planStop(point?: StopPoint) {
    const faults = this.plan.faults.slice(0, this.stops);
    return this.change({ faults: point ? [...faults, point] : faults });
  }

  async start(isRunning: boolean) {
    if (this.lab) return;
    this.isRunning = isRunning;
    this.#ordered = this.plan;
    let stops = 0;
    const changed = () => {
      if (stops === this.stops) return this.#update();
      stops = this.stops;
      return this.#refresh();
    };
    try {
      this.problem = "";
      this.lab = await startLab(this.#place, this.plan, changed);
    } catch (error) {
      this.say((error as Error).message);
    }
    await this.#refresh();
  }

  /** Has the worker die where it is to, now, and another go on. */
  hurry() {
    this.isHurried = true;
    this.#rushed = 1;
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

  /** One call further, at which the worker may be to stop. */
  step() {
    this.problem = "";
    if (this.lookedAt !== undefined) {
      this.#lookAt(this.lookedAt + 1);
      return;
    }
    const name = this.history.at(-1)?.name ?? "";
    const planned = this.answers.length ? undefined : this.planned;
    this.lab?.decide(fateAt(planned, name));
  }

  run(isRunning: boolean) {
    this.isRunning = isRunning;
    return this.#update();
  }

  /**
   * The worker stops at the call that it waits for, or waited for when it was
   * what the reader has gone back to: then all is played anew, up to there.
   */
  async stop(stop: Stop) {
    const { history, answers } = this.frame;
    const last = history.at(-1);
    if (!last || last.fate || answers.length) return;
    if (this.lookedAt !== undefined) {
      const before = history.filter(isStop);
      const faults = [...before, { fate: stop, name: last.name }].map(
        ({ fate, name }) => `${fate}:${name}` as StopPoint,
      );
      await this.reset();
      await this.change({ faults });
      this.#rushed = faults.length;
      return this.start(true);
    }
    await this.planStop(`${stop}:${last.name}`);
    this.lab?.decide(stop);
  }

  say(problem: string) {
    this.problem = problem;
    this.#show();
  }

  async close() {
    clearTimeout(this.#timer);
    const { lab } = this;
    this.lab = undefined;
    await lab?.close();
  }

  /** What can be planned is another after each stop, or another order. */
  async #refresh() {
    const faults = this.plan.faults.slice(0, this.stops);
    this.calls = await this.#callsAfter({ ...this.plan, faults });
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
      const isRushing = this.stops < this.#rushed;
      if (last && !last.fate && !isStubborn(this))
        this.#timer = setTimeout(() => this.step(), isRushing ? 0 : this.pace);
    } else if (this.phase === "waiting") {
      const isRushing = this.stops < this.#rushed;
      const isShort = isRushing || this.isHurried;
      this.#timer = setTimeout(
        async () => {
          await (isShort ? this.lab?.skipWait() : this.lab?.tick());
          await this.#update();
        },
        isRushing ? 0 : isShort ? SHORT_WAIT_MS : 1000,
      );
    }
  }
}
