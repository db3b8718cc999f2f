import { html, nothing } from "lit-html";
import { partsOf, type StopPoint } from "#snippets/crash/crash-point.ts";
import { asks, inThirdPerson } from "#snippets/crash-lab/asks.ts";
import { guards } from "#snippets/crash-lab/guards.ts";
import { meetings } from "#snippets/crash-lab/meetings.ts";
import { MOST_CENTS } from "#snippets/crash-lab/plan.ts";
import { formatCents } from "#snippets/support/format-cents.ts";
import type { Session } from "./session.ts";

/** What is ordered, and where the worker, or the next one, is to stop. */
export function order(session: Session, page: string, isShort: boolean) {
  return html`<div class="order">
    ${isShort ? nothing : amount(session)} ${meets(session)}
    ${isShort ? nothing : lacks(session)} ${stops(session)} ${pace(session)}
    <a href=${`${page}#${session.link}`}>Link to this</a>
    ${isShort ? nothing : copy(session)}
  </div>`;
}

function amount(session: Session) {
  const change = ({ target }: Event) => {
    const input = target as HTMLInputElement;
    const amountCents = Math.round(Number(input.value) * 100);
    if (input.checkValidity()) session.change({ amountCents });
    else session.say(`The amount is from 0.01 to ${input.max}.`);
    input.value = formatCents(session.plan.amountCents);
  };
  return html`<label>
    Amount
    <input
      type="number"
      min="0.01"
      max=${formatCents(MOST_CENTS)}
      step="0.01"
      required
      .value=${formatCents(session.plan.amountCents)}
      ?disabled=${session.phase !== "ready"}
      @change=${change}
    />
  </label>`;
}

/** What the transfer meets. */
function meets(session: Session) {
  const all = Object.entries(meetings).map(
    ([key, { says }]) => [key, says] as const,
  );
  return choice("It meets", "meets", all, session.plan.meets, session);
}

/** The guard that the saga lacks. */
function lacks(session: Session) {
  const all = Object.entries(guards).map(
    ([key, { name }]) => [key, name] as const,
  );
  const none = ["", "nothing"] as const;
  const lacked = session.plan.without ?? "";
  return choice("The saga lacks", "without", [none, ...all], lacked, session);
}

/** One of these, by its key, for that part of the plan. */
function choice(
  label: string,
  part: "meets" | "without",
  all: (readonly [key: string, words: string])[],
  chosen: string,
  session: Session,
) {
  const change = ({ target }: Event) => {
    const key = (target as HTMLSelectElement).value || undefined;
    return session.change({ [part]: key, faults: [] });
  };
  return html`<label>
    ${label}
    <select
      class=${part}
      ?disabled=${session.phase !== "ready"}
      @change=${change}
    >
      ${all.map(
        ([key, words]) =>
          html`<option value=${key} .selected=${key === chosen}>
            ${words}
          </option>`,
      )}
    </select>
  </label>`;
}

/** The run as a test, for the clipboard. */
function copy(session: Session) {
  const copied = async () => {
    const { asTest } = await import("#snippets/crash-lab/as-test.ts");
    await navigator.clipboard.writeText(asTest(session.played));
    session.say("The run is copied, as a test for vitest.");
  };
  return html`<button type="button" @click=${copied}>Copy as a test</button>`;
}

/** How many milliseconds pass between two steps of one that runs by itself. */
const paces = { slowly: 1_600, steadily: 700, fast: 200, "at once": 0 };

function pace(session: Session) {
  const change = ({ target }: Event) => {
    session.pace = Number((target as HTMLSelectElement).value);
  };
  return html`<label>
    It runs
    <select class="pace" @change=${change}>
      ${Object.entries(paces).map(
        ([words, pace]) =>
          html`<option value=${pace} .selected=${pace === session.pace}>
            ${words}
          </option>`,
      )}
    </select>
  </label>`;
}

function inWords(point: StopPoint) {
  const { stop, name } = partsOf(point);
  const words = asks({ name });
  if (stop === "after")
    return `after it ${inThirdPerson(words)}, before it hears so`;
  return stop === "held" ? `as it asks to ${words}` : `before it can ${words}`;
}

const groups = {
  "it dies": /^(before|after)/,
  "it dies, and its call is late": /^held/,
  "it is frozen": /^frozen/,
};

/** Every point at which the worker may stop, and how. */
function stops(session: Session) {
  const { points, planned, calls, phase, history, plan } = session;
  const more = plan.faults.length - session.stops - 1;
  const now = history.at(-1)?.name;
  const next =
    phase === "working" ? calls.findIndex(({ name }) => name === now) : 0;
  const isPast = (point: StopPoint) =>
    calls.slice(0, next).some(({ name }) => point.endsWith(`:${name}`));
  const change = ({ target }: Event) =>
    session.planStop(points[Number((target as HTMLSelectElement).value)]);
  const option = (point: StopPoint) =>
    html`<option
      value=${points.indexOf(point)}
      .selected=${point === planned}
      ?disabled=${isPast(point)}
    >
      ${inWords(point)}
    </option>`;
  return html`<label class="dies">
    Worker ${session.stops + 1} stops
    <select
      class="deaths"
      ?disabled=${session.answers.length > 0}
      @change=${change}
    >
      <option value="-1" .selected=${!planned}>only if you stop it</option>
      ${Object.entries(groups).map(
        ([words, pattern]) => html`<optgroup label=${words}>
          ${points.filter((point) => pattern.test(point)).map(option)}
        </optgroup>`,
      )}
    </select>
    ${more > 0 ? `and ${more} more` : nothing}
  </label>`;
}
