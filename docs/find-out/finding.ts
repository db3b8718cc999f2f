import type { Frame } from "#snippets/crash-lab/record.ts";
import type { InWords } from "#snippets/find-out/find.ts";
import type { Report } from "#snippets/find-out/search.ts";

/** A search that goes on elsewhere, and is ended when it is no longer wanted. */
export interface Search {
  end(): void;
}
export type StartSearch = (hear: (told: Report) => void) => Search;

/** What is chosen when the saga is the reader's. */
export const OWN = "own";

/** What a reader searches for, and what has come of it. */
export class Finding {
  /** The guard that the saga lacks, or none, or a saga of the reader's. */
  lacks = "";
  tried = 0;
  known = 0;
  /** How many of those tried were drawn at random. */
  drawn = 0;
  seconds = 0;
  found: InWords | undefined;
  /** What there is to see of it, once it has been played again. */
  frames: Frame[] = [];
  problem = "";
  /** Whether what is shown is a saga, and not what a bank does. */
  canEdit = true;
  /** Which of its frames the reader looks at. */
  lookedAt = 0;
  phase: "ready" | "searching" | "stopped" | "over" = "ready";
  #search: Search | undefined;
  #from = 0;
  #show: () => void;

  constructor(show: () => void) {
    this.#show = show;
  }

  choose(lacks: string) {
    this.lacks = lacks;
    this.forget();
  }

  /** What was found is of another saga now. */
  forget() {
    this.stop();
    this.#leave();
    this.phase = "ready";
    this.problem = "";
    this.#show();
  }

  start(startSearch: StartSearch) {
    this.stop();
    this.#leave();
    this.tried = 0;
    this.known = 0;
    this.found = undefined;
    this.frames = [];
    this.lookedAt = 0;
    this.problem = "";
    this.phase = "searching";
    this.#from = performance.now();
    this.#search = startSearch((told) => this.#hear(told));
    this.#show();
  }

  lookAt(at: number) {
    this.lookedAt = at;
    this.#show();
  }

  stop() {
    if (this.phase !== "searching") return;
    this.#leave();
    this.#end("stopped");
  }

  fail(problem: string) {
    this.problem = problem;
    this.#leave();
    this.#end("over");
  }

  #hear(told: Report) {
    if ("frames" in told) {
      if (this.phase !== "over") return; // nothing was found yet
      this.frames = told.frames;
      this.#leave();
      this.#show();
      return;
    }
    if (this.phase !== "searching") return;
    if ("problem" in told) return this.fail(told.problem);
    this.tried = told.tried;
    if ("known" in told) {
      this.known = told.known;
      this.#show();
      return;
    }
    this.found = told.found;
    this.drawn = told.drawn;
    if (!told.found?.schedule) this.#leave();
    this.#end("over");
  }

  /** Nothing is wanted of the search any more. */
  #leave() {
    this.#search?.end();
    this.#search = undefined;
  }

  #end(phase: "stopped" | "over") {
    this.phase = phase;
    this.seconds = (performance.now() - this.#from) / 1000;
    this.#show();
  }
}
