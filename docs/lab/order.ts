import { html, nothing } from "lit-html";
import type { CrashPoint } from "#snippets/crash/crash-point.ts";
import { MOST_CENTS } from "#snippets/crash-lab/plan.ts";
import { asks } from "#snippets/crash-lab/progress.ts";
import { inThirdPerson } from "#snippets/crash-lab/story.ts";
import { formatCents } from "#snippets/support/format-cents.ts";
import type { Session } from "./session.ts";

/** What is ordered, and where the worker, or the next one, is to die. */
export function order(session: Session, page: string, isShort: boolean) {
  return html`<div class="order">
    ${isShort ? nothing : amount(session)} ${target(session)}
    ${deaths(session)} ${pace(session)}
    <a href=${`${page}#${session.link}`}>Link to this</a>
  </div>`;
}

function amount(session: Session) {
  const change = ({ target }: Event) => {
    const input = target as HTMLInputElement;
    const amountCents = Math.round(Number(input.value) * 100);
    if (input.checkValidity()) session.change({ amountCents });
    else session.fail(`The amount is from 0.01 to ${input.max}.`);
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

function target(session: Session) {
  const change = ({ target }: Event) =>
    session.change({
      isClosed: (target as HTMLInputElement).checked,
      deaths: [],
    });
  return html`<label class="check">
    <input
      type="checkbox"
      .checked=${session.plan.isClosed}
      ?disabled=${session.phase !== "ready"}
      @change=${change}
    />
    Bob's account is closed
  </label>`;
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

function inWords(point: CrashPoint) {
  const [death, name = ""] = point.split(/:(.*)/);
  const words = asks({ name });
  if (death === "before") return `before it can ${words}`;
  return `after it ${inThirdPerson(words)}, before it hears so`;
}

/** Every point at which the worker may die: before, and after. */
function deaths(session: Session) {
  const { points, planned, calls, phase, history, plan } = session;
  const more = plan.deaths.length - session.deaths - 1;
  const now = history.at(-1)?.name;
  const next =
    phase === "working" ? calls.findIndex(({ name }) => name === now) : 0;
  const change = ({ target }: Event) =>
    session.planDeath(points[Number((target as HTMLSelectElement).value)]);
  return html`<label class="dies">
    Worker ${session.deaths + 1} dies
    <select
      class="deaths"
      ?disabled=${phase === "ended"}
      @change=${change}
    >
      <option value="-1" .selected=${!planned}>only if you crash it</option>
      ${points.map(
        (point, at) =>
          html`<option
            value=${at}
            .selected=${point === planned}
            ?disabled=${at < 2 * next}
          >
            ${inWords(point)}
          </option>`,
      )}
    </select>
    ${more > 0 ? `and ${more} more` : nothing}
  </label>`;
}
