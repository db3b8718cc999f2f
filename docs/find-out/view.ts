import { html, nothing } from "lit-html";
import { isMessage, type StopPoint } from "#snippets/crash/crash-point.ts";
import { toLink } from "#snippets/crash-lab/plan.ts";
import type { InWords } from "#snippets/find-out/find.ts";
import { AMOUNT_CENTS } from "#snippets/find-out/subject.ts";
import type { SubjectName } from "#snippets/find-out/subjects.ts";
import { type Finding, OWN } from "./finding.ts";
import { placeOf } from "./places.ts";
import { player } from "./player.ts";

/** What is searched, where the lab is, and, of an exercise, an answer. */
export interface Places {
  of: SubjectName;
  /** What can be taken away: keys and words. */
  guards: [key: string, words: string][];
  lab?: string;
  answer?: string;
}

/** What a reader can do. */
export interface Actions {
  choose(lacks: string): unknown;
  edit(): unknown;
  start(): unknown;
  stop(): unknown;
  lookAt(at: number): unknown;
}

/** The guards as switches, the saga beside them, and what was found. */
export function view(
  finding: Finding,
  saga: Element,
  places: Places,
  does: Actions,
) {
  const isSearching = finding.phase === "searching";
  const submit = (event: Event) => {
    event.preventDefault();
    return isSearching ? does.stop() : does.start();
  };
  return html`<form class="search" @submit=${submit}>
    ${places.answer ? nothing : switches(finding, places, does)}
    <div class="code">${saga} ${below(finding, places, does)}</div>
    <div class="ask">
      <button class="main">${isSearching ? "Stop" : "Find out"}</button>
      <progress
        max=${finding.known || 1}
        .value=${finding.phase === "ready" ? 0 : finding.tried}
        aria-label="Schedules tried, of those known so far"
      ></progress>
      <p class="count">${count(finding)}</p>
    </div>
    <div role="status" class="came">${whatCame(finding, places)}</div>
    ${toStepThrough(finding, does)}
  </form>`;
}

/** What can be done with the code. */
function below({ lacks, canEdit }: Finding, { answer }: Places, does: Actions) {
  if (answer)
    return html`<p class="below">
      <button type="button" @click=${() => does.edit()}>Start over</button>
      <a href=${answer}>An answer</a>
    </p>`;
  if (lacks === OWN || !canEdit) return nothing;
  return html`<button type="button" @click=${() => does.edit()}>
    Edit this saga
  </button>`;
}

function switches(finding: Finding, { guards }: Places, does: Actions) {
  const all = [["", "nothing"], ...guards, [OWN, "(a saga of your own)"]] as [
    key: string,
    words: string,
  ][];
  return html`<fieldset>
    <legend>Take away</legend>
    ${all.map(
      ([key, words]) => html`<label>
        <input
          type="radio"
          name="lacks"
          value=${key}
          .checked=${key === finding.lacks}
          @change=${() => does.choose(key)}
        />
        ${words}
      </label>`,
    )}
  </fieldset>`;
}

function count({ phase, tried, known, seconds }: Finding) {
  if (phase === "ready") return "";
  if (phase === "searching") return `${tried} of ${known} schedules`;
  return `${tried} schedules in ${seconds.toFixed(1)} s`;
}

function whatCame(finding: Finding, { of, lab, answer }: Places) {
  const { phase, lacks, found, drawn, problem } = finding;
  if (problem) return html`<p class="harm">${problem}</p>`;
  if (phase === "stopped")
    return html`<p>Stopped. Nothing was found so far.</p>`;
  if (phase !== "over") return nothing;
  if (!found) return nothingFound(drawn, of, answer !== undefined);
  return whatWasFound(found, lacks, lacks === OWN ? undefined : lab);
}

function whatWasFound(
  { schedule, words }: InWords,
  lacks: string,
  lab?: string,
) {
  const link =
    schedule &&
    lab !== undefined &&
    `${lab}#${toLink({
      amountCents: AMOUNT_CENTS,
      meets: schedule.meets,
      without: lacks || undefined,
      faults: schedule.faults.filter(
        (point): point is StopPoint => !isMessage(point),
      ),
    })}`;
  return html`<ol>
      ${words.slice(0, -1).map((sentence) => html`<li>${sentence}</li>`)}
    </ol>
    <p class="harm">${words.at(-1)}</p>
    ${
      link
        ? html`<p><a href=${link}>Step through it in the crash lab</a></p>`
        : nothing
    }`;
}

function toStepThrough({ phase, frames, lookedAt }: Finding, does: Actions) {
  const isThere = phase === "over" && frames.length;
  return isThere ? player(frames, lookedAt, does) : nothing;
}

function nothingFound(drawn: number, of: SubjectName, isExercise: boolean) {
  return html`<p class="none">
      ${isExercise ? "Solved: nothing found." : "Nothing found."}
    </p>
    <p>
      These were all schedules of up to two faults, and ${drawn} of two workers
      at the same time, drawn at random. Not tried: all of three faults, and
      ${placeOf[of].notTried}.
    </p>`;
}
