import { html } from "lit-html";
import type { Snapshot } from "#snippets/crash-lab/snapshot.ts";
import { formatCents } from "#snippets/support/format-cents.ts";

/**
 * All the money as one bar: what each account holds, and what is in
 * neither, which is there while a transfer is on its way, or too much.
 */
export function money(snapshot?: Snapshot) {
  const { balances = [], heldCents = 0, seededCents = 0 } = snapshot ?? {};
  const [source, ...others] = balances.map(({ account, cents }) => ({
    kind: account,
    name: account,
    cents,
  }));
  const awayCents = seededCents - heldCents;
  const name = awayCents < 0 ? "too much" : "in neither account";
  const away = { kind: "away", name, cents: Math.abs(awayCents) };
  const parts = source ? [source, away, ...others] : [];
  return html`<div class="money" role="group" aria-label="Money">
    <div class="bar" aria-hidden="true">
      ${parts.map(
        ({ kind, cents }) =>
          html`<span class=${kind} style="flex-grow:${Math.max(0, cents)}"></span>`,
      )}
    </div>
    <ul>
      ${parts.map(
        ({ kind, name, cents }) =>
          html`<li class="${kind} ${cents ? "some" : "none"}">
            <span>${name}</span> <b>${formatCents(cents)}</b>
          </li>`,
      )}
    </ul>
  </div>`;
}
