import { html, nothing, type TemplateResult } from "lit-html";
import { asks } from "#snippets/crash-lab/progress.ts";
import type { Snapshot } from "#snippets/crash-lab/snapshot.ts";
import { story } from "#snippets/crash-lab/story.ts";
import { formatCents } from "#snippets/support/format-cents.ts";
import { deathsIn, type Frame, phaseOf } from "./frame.ts";
import type { Session } from "./session.ts";

/** What happened last, what is next, and what the reader can do now. */
export function controls(session: Session) {
  const { phase, isRunning, lookedAt, lab } = session;
  const isNow = lookedAt === undefined;
  const isWorking = phase === "working" && isNow;
  const [words, does] = {
    ready: ["Run", () => session.start(true)] as const,
    working: isRunning
      ? (["Pause", () => session.run(false)] as const)
      : (["Run", () => session.run(true)] as const),
    waiting: ["Skip the wait", () => lab?.skipWait()] as const,
    ended: ["Ask by the same id again", () => lab?.ask()] as const,
  }[phase];
  const step = () =>
    phase === "ready" ? session.start(false) : session.step();
  return html`${told(session.frame, session.problem, next(session))}
    <div class="buttons">
      ${
        isNow
          ? button(words, does, { kind: "main" })
          : button("Back to now", () => session.catchUp(), {
              kind: "main",
            })
      }
      ${button("Back", () => session.back(), {
        isOff: session.frames.length < 2 || lookedAt === 0,
      })}
      ${button("Step", step, {
        isOff: isNow && phase !== "ready" && phase !== "working",
      })}
      ${button("Crash", () => session.crash("before"), {
        kind: "crash",
        isOff: !isWorking,
      })}
      ${button("Do it, then crash", () => session.crash("after"), {
        kind: "crash",
        isOff: !isWorking,
      })}
      ${button("Start over", () => session.reset(), {
        isOff: phase === "ready",
      })}
    </div>`;
}

/**
 * A button that stays where it is. One that is of no use now keeps the
 * focus, so it is not disabled, but says so.
 */
function button(
  words: string,
  does: () => unknown,
  { kind = "", isOff = false },
): TemplateResult {
  return html`<button
    type="button"
    class=${kind}
    aria-disabled=${isOff || nothing}
    @click=${() => isOff || does()}
  >
    ${words}
  </button>`;
}

/** One sentence, which is what happened last, and what comes next. */
export function told(frame: Frame, problem: string, next: string) {
  return html`<div class="told">
    <p role="status">${problem || last(frame)}</p>
    <p class="next">${next}</p>
  </div>`;
}

function last(frame: Frame): string {
  const sentences = story(frame);
  const [first] = frame.answers;
  if (first && frame.answers.length === 1) {
    const deaths = deathsIn(frame);
    const crashes = ["no crash", "one crash"][deaths] ?? `${deaths} crashes`;
    return `The transfer is ${first.status}, with ${crashes}.`;
  }
  return sentences.at(-1) ?? "Nothing has begun.";
}

function next({ frame, frames, phase, lookedAt, isHurried }: Session): string {
  if (lookedAt !== undefined)
    return `You look at ${lookedAt + 1} of ${frames.length}.`;
  return phase === "ready" ? "" : nextIn(frame, isHurried);
}

/** What a frame waits for, in words. */
export function nextIn(frame: Frame, isHurried = false): string {
  const last = frame.history.at(-1);
  if (!last) return "";
  const phase = phaseOf(frame);
  if (phase === "working")
    return `Worker ${last.worker} asks to ${asks(last)}.`;
  if (phase === "ended") return sum(frame.snapshot);
  const { holder, until = 0 } = frame.snapshot?.lease ?? {};
  const left = Math.max(0, Math.ceil((until - Date.now()) / 1000));
  const what = holder
    ? `Its lease has ${left} s left.`
    : `Nobody has the transfer. It is offered again in ${left} s.`;
  return isHurried ? `${what} We do not wait for that here.` : what;
}

function sum(snapshot: Snapshot | undefined): string {
  const { heldCents = 0, seededCents = 0 } = snapshot ?? {};
  const [held, seeded] = [formatCents(heldCents), formatCents(seededCents)];
  return heldCents === seededCents
    ? `All accounts hold ${held}, as before.`
    : `All accounts held ${seeded}, and hold ${held}.`;
}
