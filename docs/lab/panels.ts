import { html, nothing, type TemplateResult } from "lit-html";
import {
  steps as kinds,
  progress,
  type Standing,
} from "#snippets/crash-lab/progress.ts";
import type { Snapshot } from "#snippets/crash-lab/snapshot.ts";
import { story as tell } from "#snippets/crash-lab/story.ts";
import { formatCents } from "#snippets/support/format-cents.ts";
import type { Session } from "./session.ts";

const panel = (title: string, content: TemplateResult, kind = "") =>
  html`<div class="panel ${kind}" role="group" aria-label=${title}>
    <p class="title">${title}</p>
    ${content}
  </div>`;

/** Who is dead, who lives, and who has the lease. */
export function workers({ history, deaths, phase, snapshot }: Session) {
  const employed = phase === "ended" ? history.at(-1)?.worker : deaths + 1;
  const numbers = [...Array(employed).keys()].map((at) => at + 1);
  const rest = phase === "ended" ? "at rest" : "alive";
  const { holder, until } = snapshot?.lease ?? {};
  const left = Math.max(0, Math.ceil(((until ?? 0) - Date.now()) / 1000));
  const has = (worker: number) => (holder === worker ? ", has the lease" : "");
  const lease = (
    worker: number, // the dead do not renew theirs
  ) => has(worker) && `${has(worker)} for ${left} s`;
  const offer = !holder && until ? `offered again in ${left} s` : nothing;
  return panel(
    "Workers",
    html`<ol class="workers">
        ${numbers.map((worker) =>
          worker > deaths
            ? html`<li class="alive">${worker} ${rest}${has(worker)}</li>`
            : html`<li class="dead">${worker} dead${lease(worker)}</li>`,
        )}
      </ol>
      ${offer}`,
  );
}

const inWords: Record<Standing, string> = {
  "": "",
  now: "now",
  died: "interrupted",
  done: "done",
  rejected: "rejected",
  replayed: "skipped: on record",
  rethrown: "skipped: rejected, on record",
};

/** How each step stands. */
export function steps({ history, snapshot }: Session) {
  const standings = progress(history, snapshot?.promises ?? []);
  return html`<ol class="steps" aria-label="Steps">
    ${standings.map(
      (standing, step) =>
        html`<li class=${standing}>
          <b>${kinds[step]}</b> <span>${inWords[standing]}</span>
        </li>`,
    )}
  </ol>`;
}

const row = (cells: unknown[]) =>
  html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`;

const table = (heads: string[], rows: TemplateResult[] = [], kind = "") =>
  html`<table class=${kind}>
    <thead>
      <tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr>
    </thead>
    <tbody>${rows}</tbody>
  </table>`;

/** What each account holds, and whether that is what was put in. */
export function money(snapshot?: Snapshot) {
  const { balances = [], heldCents = 0, seededCents = 0 } = snapshot ?? {};
  const heads = balances.map(({ account }) => account);
  const cells = balances.map(({ cents }) => html`${formatCents(cents)}`);
  const kind = heldCents === seededCents ? "even" : "uneven";
  const sum = html`<b class=${kind}>${formatCents(heldCents)}</b>`;
  const all = `in all, of ${formatCents(seededCents)}`;
  return panel(
    "Money",
    table([...heads, all], [row([...cells, sum])]),
    "money",
  );
}

/** The transfer's entries in the ledger. */
export function entries(snapshot?: Snapshot) {
  const rows = snapshot?.entries.map(({ opId, account, amountCents }) =>
    row([html`<code>${opId}</code>`, account, formatCents(amountCents)]),
  );
  return panel(
    "The ledger",
    table(["entry", "account", "amount"], rows, "amounts"),
  );
}

/** What the server has on record. */
export function promises(snapshot?: Snapshot) {
  const rows = snapshot?.promises.map(({ id, state, value }) =>
    row([html`<code>${id}</code>`, state, value]),
  );
  return panel("Durable promises", table(["id", "state", "value"], rows));
}

/** What happened so far, read out as it happens. */
export function story({ history, answers }: Session) {
  const sentences = tell({ history, answers });
  return panel(
    "What happened",
    html`<div role="log" tabindex="0" aria-label="What happened">
      <ol>
        ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
      </ol>
    </div>`,
    "story",
  );
}
