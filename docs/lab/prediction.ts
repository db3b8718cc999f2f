import { html } from "lit-html";
import { steps as kinds } from "#snippets/crash-lab/progress.ts";
import { isStop } from "#snippets/crash-lab/told.ts";
import { formatCents } from "#snippets/support/format-cents.ts";
import type { Frame } from "./frame.ts";
import type { Session } from "./session.ts";

/** What a reader says before a run, if they say anything. */
export interface Prediction {
  /** The step whose leaf is called again. */
  again?: string;
  /** What all accounts hold when the first worker is dead, in cents. */
  heldCents?: number;
}

/** What a run says to that, in sentences: of each part, if it was said. */
export function judge(frames: Frame[], said: Prediction): string[] {
  const history = frames.at(-1)?.history ?? [];
  const callersOf = (kind: string) =>
    new Set(
      history
        .filter(({ name }) => /^(read|write)-/.test(name) && isOf(name, kind))
        .map(({ worker }) => worker),
    );
  const again = kinds.find((kind) => callersOf(kind).size > 1) ?? "none";
  const isDead = ({ history }: Frame) => history.some(isStop);
  const { heldCents = 0 } = frames.find(isDead)?.snapshot ?? {};
  const words = (step = "") => (step === "none" ? "no leaf" : `the ${step}`);
  return [
    ...(said.again === undefined
      ? []
      : said.again === again
        ? [`Right: ${words(again)} is called again.`]
        : [`You said ${words(said.again)}: ${words(again)} is called again.`]),
    ...(said.heldCents === undefined
      ? []
      : said.heldCents === heldCents
        ? [`Right: all accounts hold ${formatCents(heldCents)} until then.`]
        : [
            `You said ${formatCents(said.heldCents)}: all accounts hold ` +
              `${formatCents(heldCents)} until then.`,
          ]),
  ];
}

const isOf = (name: string, kind: string) => name.split(/[-#]/)[1] === kind;

/** Where a reader says beforehand what a run will do, and is told. */
export function prediction(
  { phase, frames, answers }: Session,
  said: Prediction,
) {
  const choose = ({ target }: Event) => {
    const { value } = target as HTMLSelectElement;
    if (value === "") delete said.again;
    else said.again = value;
  };
  const fill = ({ target }: Event) => {
    const { value, valueAsNumber } = target as HTMLInputElement;
    if (value === "") delete said.heldCents;
    else said.heldCents = Math.round(valueAsNumber * 100);
  };
  const judged = answers.length ? judge(frames, said) : [];
  const isOff = phase !== "ready";
  return html`<fieldset class="prediction" ?disabled=${isOff}>
      <legend>Before you run it, you say</legend>
      <label>
        Called again is
        <select class="step" @change=${choose}>
          <option value=""></option>
          ${["none", ...kinds].map(
            (kind) => html`<option value=${kind}>
              ${kind === "none" ? "no leaf" : `the ${kind}`}
            </option>`,
          )}
        </select>
      </label>
      <label>
        When worker 1 is dead, all accounts hold
        <input class="cents" type="number" step="0.01" @change=${fill} />
      </label>
    </fieldset>
    <p aria-live="polite" class="judged">${judged.join(" ")}</p>`;
}
