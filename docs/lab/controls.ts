import { html } from "lit-html";
import { asks } from "#snippets/crash-lab/progress.ts";
import type { Session } from "./session.ts";

/** What is going on, in one sentence, and what the reader can do now. */
export function controls(session: Session) {
  const { lab, isRunning } = session;
  const button = (words: string, does: () => unknown, kind = "") =>
    html`<button type="button" class=${kind} @click=${does}>${words}</button>`;
  const startOver = button("Start over", () => session.reset());
  const buttons = {
    ready: [
      button("Run", () => session.start(true), "main"),
      button("Step by step", () => session.start(false)),
    ],
    working: [
      button("Step", () => session.step(), "main"),
      isRunning
        ? button("Pause", () => session.run(false))
        : button("Run", () => session.run(true)),
      button("Crash", () => session.crash("before"), "crash"),
      button("Do it, then crash", () => session.crash("after"), "crash"),
      startOver,
    ],
    waiting: [
      button("Skip the wait", () => lab?.skipWait(), "main"),
      startOver,
    ],
    ended: [
      button("Ask by the same id again", () => lab?.ask(), "main"),
      startOver,
    ],
  };
  return html`<div class="controls">
    <p role="status">${session.problem || now(session)}</p>
    <div>${buttons[session.phase]}</div>
  </div>`;
}

function now({ phase, history, answers, deaths, snapshot }: Session) {
  const last = history.at(-1);
  const crashes = ["no crash", "one crash"][deaths] ?? `${deaths} crashes`;
  if (phase === "ready") return "Nothing has begun.";
  if (phase === "ended")
    return html`The transfer is <b>${answers[0]?.status}</b>, with ${crashes}.`;
  if (!last) return "The server offers the transfer.";
  if (phase === "working")
    return html`Worker ${last.worker} asks to <b>${asks(last)}</b>.`;
  const waits = snapshot?.lease.holder
    ? "The server waits until its lease has passed."
    : "Nobody has the transfer. The server offers it again, in a while.";
  return html`<b>Worker ${last.worker} is dead.</b> ${waits}`;
}
