import { render } from "@lit-labs/ssr";
import { collectResult } from "@lit-labs/ssr/lib/render-result.js";
import { html } from "lit-html";
import { unsafeHTML } from "lit-html/directives/unsafe-html.js";
import { nextIn, told } from "./controls.ts";
import type { Frame } from "./frame.ts";
import { stage } from "./view.ts";

/**
 * A frame of a lab as HTML, for a page that nobody has touched yet, with one
 * button, which is hidden until it can do what it says.
 */
export function drawing(frame: Frame, saga: string, button: string) {
  const controls = html`${told(frame, "", nextIn(frame))}
    <div class="buttons">
      <button type="button" class="crash main" hidden>${button}</button>
    </div>`;
  const lines = html`<div class="saga" tabindex="0" role="group" aria-label="The saga">
    ${unsafeHTML(saga)}
  </div>`;
  return collectResult(render(stage(frame, controls, lines)));
}
