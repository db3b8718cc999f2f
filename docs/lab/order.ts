import { html, nothing } from "lit-html";
import { toLink } from "../../snippets/crash-lab/scenario.ts";
import { nameOf } from "../../snippets/crash-matrix/matrix.ts";
import { formatCents } from "../../snippets/format-cents.ts";
import type { Session } from "./session.ts";

/** What is ordered, and where the worker, or the next one, is to die. */
export function order(session: Session, page: string, isShort: boolean) {
  return html`<div class="order">
    ${isShort ? nothing : amount(session)} ${target(session)}
    ${session.phase === "ended" ? nothing : deaths(session)}
    <a href=${`${page}#${toLink(session.scenario)}`}>Link to this</a>
  </div>`;
}

function amount(session: Session) {
  const change = ({ target }: Event) => {
    const input = target as HTMLInputElement;
    const amountCents = Math.round(Number(input.value) * 100);
    if (input.reportValidity()) session.change({ amountCents });
  };
  return html`<label>
    Amount
    <input
      type="number"
      min="0.01"
      max="200"
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
    The target rejects the credit
  </label>`;
}

/** Every point at which the worker may die: before, and after. */
function deaths(session: Session) {
  const { points, planned, questions, phase, moments } = session;
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
        ({ question, fate }, at) =>
          html`<option
            value=${at}
            .selected=${isPlanned(at)}
            ?disabled=${question < next}
          >
            ${fate === "never came" ? "before it can" : "unheard, after it did"}
            ${nameOf(questions[question])}
          </option>`,
      )}
    </select>
  </label>`;
}
