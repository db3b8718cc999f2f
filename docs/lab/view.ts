import { html, nothing, type TemplateResult } from "lit-html";
import { controls } from "./controls.ts";
import type { Frame } from "./frame.ts";
import { money } from "./money.ts";
import { order } from "./order.ts";
import { entries, picture, promises, story } from "./panels.ts";
import { type Prediction, prediction } from "./prediction.ts";
import type { Session } from "./session.ts";
import { workers } from "./workers.ts";

/**
 * The whole lab, as it is now. `saga` has the lines of the saga, `page` is the
 * address of the lab's own page, `said` what a reader says beforehand, if asked.
 */
export function view(
  session: Session,
  saga: Element,
  {
    page,
    isShort,
    said,
  }: { page: string; isShort: boolean; said: Prediction | undefined },
) {
  const { frame } = session;
  const ordered = order(session, page, isShort);
  return html`${isShort ? nothing : ordered}
    ${stage(frame, controls(session), saga)}
    <div class="more">
      ${said ? prediction(session, said) : nothing}
      ${isShort ? ordered : promises(frame.snapshot)} ${story(frame)}
      ${picture(session.seen)}
    </div>`;
}

/** What is to be seen at every moment, all at once. */
export function stage(frame: Frame, controls: TemplateResult, saga: unknown) {
  const { snapshot } = frame;
  return html`<div class="stage">
    ${controls} ${workers(frame)} ${money(snapshot)} ${entries(snapshot)}
    ${saga}
  </div>`;
}
