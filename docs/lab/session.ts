import type { Question } from "#snippets/crash/wire.ts";
import { look, type Sight } from "#snippets/crash-lab/look.ts";
import { isFatal } from "#snippets/crash-lab/progress.ts";
import { questionsAfter } from "#snippets/crash-lab/questions-after.ts";
import {
  fromLink,
  type Scenario,
  toLink,
} from "#snippets/crash-lab/scenario.ts";
import { type Lab, startLab } from "#snippets/crash-lab/start-lab.ts";
import { type Fate, Host } from "#snippets/crash-matrix/host.ts";
import {
  type CrashPoint,
  type Place,
  pointsOf,
} from "#snippets/crash-matrix/schedule.ts";

/** What a reader does in a lab, and what there is to see of it. */
export class Session {
  scenario: Scenario;
  /** How many milliseconds a worker waits when it runs by itself. */
  pace: number;
  lab: Lab | undefined;
  sight: Sight | undefined;
  /** What the worker, or the next one, asks: where it may die. */
  questions: Question[] = [];
  isRunning = false;
  problem = "";
  #ordered: Scenario;
  #place: Place;
  #show: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    place: Place,
    scenario: Scenario,
    pace: number,
    show: () => void,
  ) {
    this.#place = place;
    this.scenario = scenario;
    this.#ordered = scenario;
    this.pace = pace;
    this.#show = show;
  }

  get moments() {
    return this.lab?.moments ?? [];
  }
  get answers() {
    return this.lab?.answers ?? [];
  }
  get deaths(): number {
    return this.moments.filter(isFatal).length;
  }
  get phase() {
    if (!this.lab) return "ready";
    if (this.answers.length) return "ended";
    const last = this.moments.at(-1);
    return last && isFatal(last) ? "waiting" : "working";
  }
  get points(): CrashPoint[] {
    return pointsOf(this.questions);
  }
  /** Where the worker, or the next one, is to die. */
  get planned(): CrashPoint | undefined {
    return this.scenario.deaths[this.deaths];
  }

  /** What was ordered, and where workers died, or, so far, are to die. */
  get link(): string {
    const { phase, scenario } = this;
    const isOver = phase === "ended";
    const deaths = scenario.deaths.slice(0, isOver ? this.deaths : undefined);
    return toLink({ ...scenario, deaths });
  }

  /** Back to the order as it was before it was given. */
  async reset() {
    if (this.lab) this.scenario = this.#ordered;
    await this.close();
    this.problem = "";
    const db = await this.#place.openBank();
    this.sight = await look(new Host(db), []);
    db.close();
    await this.#refresh();
  }

  /** Starts over with the scenario of a link, should it carry one. */
  async follow(hash: string) {
    const link = hash.slice(1);
    if (!link.includes("amount=")) return; // it leads to a heading
    if (link === this.link) return;
    try {
      const scenario = fromLink(link);
      await this.#check(scenario);
      await this.close();
      this.scenario = scenario;
      await this.reset();
    } catch (error) {
      this.fail(`The link does not work: ${(error as Error).message}.`);
    }
  }

  /** Throws if a worker does not get to where it is to die. */
  async #check(scenario: Scenario) {
    const { openBank } = this.#place;
    const asked = questionsAfter(openBank, scenario);
    await asked.catch((cause) => {
      const message = "a worker does not get to where it is to die";
      throw new Error(message, { cause });
    });
  }

  change(scenario: Partial<Scenario>) {
    this.problem = "";
    this.scenario = { ...this.scenario, ...scenario };
    return this.#refresh();
  }

  /** Has the worker, or the next one, die there, or nowhere. */
  plan(point?: CrashPoint) {
    const deaths = this.scenario.deaths.slice(0, this.deaths);
    return this.change({ deaths: point ? [...deaths, point] : deaths });
  }

  async start(isRunning: boolean) {
    if (this.lab) return;
    this.isRunning = isRunning;
    this.#ordered = this.scenario;
    let deaths = 0;
    const changed = () => {
      if (deaths === this.deaths) return this.#update();
      deaths = this.deaths;
      return this.#refresh();
    };
    try {
      this.problem = "";
      this.lab = await startLab(this.#place, this.scenario, changed);
    } catch (error) {
      this.fail((error as Error).message);
    }
    await this.#refresh();
  }

  /** One question further, in which the worker may be to die. */
  step() {
    this.problem = "";
    const isThere = this.planned?.question === this.moments.at(-1)?.number;
    const fate = isThere ? this.planned?.fate : undefined;
    this.lab?.decide(fate ?? "answered");
  }

  run(isRunning: boolean) {
    this.isRunning = isRunning;
    return this.#update();
  }

  async crash(fate: Exclude<Fate, "answered">) {
    const last = this.moments.at(-1);
    if (!last || last.fate) return;
    await this.plan({ question: last.number, fate });
    this.lab?.decide(fate);
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
    const deaths = this.scenario.deaths.slice(0, this.deaths);
    const { openBank } = this.#place;
    const scenario = { ...this.scenario, deaths };
    this.questions = await questionsAfter(openBank, scenario);
    await this.#update();
  }

  async #update() {
    clearTimeout(this.#timer);
    const { lab } = this;
    if (lab) this.sight = await lab.look();
    if (lab !== this.lab) return;
    this.#show();
    this.#goOn();
  }

  /**
   * What happens next if the reader does nothing. No time passes while a
   * worker lives: on a machine that slept, its heartbeats are as late.
   */
  #goOn() {
    const last = this.moments.at(-1);
    if (this.phase === "working" && this.isRunning) {
      if (last && !last.fate)
        this.#timer = setTimeout(() => this.step(), this.pace);
    } else if (this.phase === "waiting")
      this.#timer = setTimeout(async () => {
        await this.lab?.tick();
        await this.#update();
      }, 1000);
  }
}
