import { html, nothing } from "lit-html";
import type { Frame } from "#snippets/crash-lab/record.ts";
import { button, told } from "../lab/controls.ts";
import { picture, story } from "../lab/panels.ts";
import { stage } from "../lab/view.ts";

/** What was found, to be looked at call by call, as the lab shows it. */
export function player(
  frames: Frame[],
  at: number,
  { lookAt }: { lookAt(at: number): unknown },
) {
  const last = frames.length - 1;
  const frame = frames[at] as Frame;
  const go = (words: string, to: number, kind = "") =>
    button(words, () => lookAt(to), { kind, isOff: to < 0 || to > last });
  const controls = html`${told(frame, "", `${at + 1} of ${frames.length}`)}
    <div class="buttons">
      <div>${go("Step", at + 1, "main")} ${go("Back", at - 1)}</div>
      <div>${go("To the end", at < last ? last : last + 1)}</div>
    </div>`;
  return html`<details class="played">
    <summary>Step through it here</summary>
    ${stage(frame, controls, nothing)}
    ${picture(frames.slice(0, at + 1))} ${story(frame)}
  </details>`;
}
