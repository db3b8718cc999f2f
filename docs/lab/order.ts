import { html, nothing } from "lit-html";
import type { Question } from "#snippets/crash/wire.ts";
import { asks } from "#snippets/crash-lab/progress.ts";
import { MOST_CENTS } from "#snippets/crash-lab/scenario.ts";
import { inThirdPerson } from "#snippets/crash-lab/story.ts";
import type { CrashPoint } from "#snippets/crash-matrix/schedule.ts";
import { formatCents } from "#snippets/support/format-cents.ts";
import type { Session } from "./session.ts";

/** What is ordered, and where the worker, or the next one, is to die. */
export function order(session: Session, page: string, isShort: boolean) {
  return html`<div class="order">
    ${isShort ? nothing : amount(session)} ${target(session)}
    ${session.phase === "ended" ? nothing : deaths(session)}
    <a href=${`${page}#${session.link}`}>Link to this</a>
  </div>`;
}

function amount(session: Session) {
  const change = ({ target }: Event) => {
    const input = target as HTMLInputElement;
    const amountCents = Math.round(Number(input.value) * 100);
    if (input.checkValidity()) session.change({ amountCents });
    else session.fail(`The amount is from 0.01 to ${input.max}.`);
    input.value = formatCents(session.scenario.amountCents);
  };
  return html`<label>
    Amount
    <input
      type="number"
      min="0.01"
      max=${formatCents(MOST_CENTS)}
      step="0.01"
      required
      .value=${formatCents(session.scenario.amountCents)}
      ?disabled=${session.phase !== "ready"}
      @change=${change}
    />
  </label>`;
}

function target(session: Session) {
  const change = ({ target }: Event) =>
    session.change({
      rejects: (target as HTMLInputElement).checked,
      deaths: [],
    });
  return html`<label class="check">
    <input
      type="checkbox"
      .checked=${session.scenario.rejects}
      ?disabled=${session.phase !== "ready"}
      @change=${change}
    />
    Bob's account is closed
  </label>`;
}

function inWords({ fate, question }: CrashPoint, questions: Question[]) {
  const name = asks({ question: questions[question] });
  if (fate === "never came") return `before it can ${name}`;
  return `after it ${inThirdPerson(name)}, before it hears so`;
}

/** Every point at which the worker may die: before, and after. */
function deaths(session: Session) {
  const { points, planned, questions, phase, moments, scenario } = session;
  const more = scenario.deaths.length - session.deaths - 1;
  const next = phase === "working" ? (moments.at(-1)?.number ?? 0) : 0;
  const change = ({ target }: Event) =>
    session.plan(points[Number((target as HTMLSelectElement).value)]);
  const isPlanned = (at: number) =>
    points[at]?.question === planned?.question &&
    points[at]?.fate === planned?.fate;
  return html`<label>
    Worker ${session.deaths + 1} dies
    <select @change=${change}>
      <option value="-1" .selected=${!planned}>only if you crash it</option>
      ${points.map(
        (point, at) =>
          html`<option
            value=${at}
            .selected=${isPlanned(at)}
            ?disabled=${point.question < next}
          >
            ${inWords(point, questions)}
          </option>`,
      )}
    </select>
    ${more > 0 ? `and ${more} more after it` : nothing}
  </label>`;
}
