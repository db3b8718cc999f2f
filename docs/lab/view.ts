import { html, nothing } from "lit-html";
import { controls } from "./controls.ts";
import { order } from "./order.ts";
import { entries, money, promises, steps, story, workers } from "./panels.ts";
import type { Session } from "./session.ts";

/**
 * The whole lab, as it is now. `saga` has the lines of the saga, `page` is the
 * address of the lab's own page.
 */
export function view(
  session: Session,
  saga: Element,
  { page, isShort }: { page: string; isShort: boolean },
) {
  const { snapshot } = session;
  return html`
    ${order(session, page, isShort)}
    <div class="body">
      ${steps(session)}
      <div class="sums">${money(snapshot)} ${workers(session)}</div>
      ${saga}
      <div class="side">
        ${entries(snapshot)}
        ${isShort ? nothing : promises(snapshot)} ${story(session)}
      </div>
    </div>
    ${controls(session)}
  `;
}
