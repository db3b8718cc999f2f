import { html, nothing, type TemplateResult } from "lit-html";
import type { Stop } from "#snippets/crash/crash-point.ts";
import { type Answer, inOneSentence } from "#snippets/crash-lab/answer.ts";
import { asks } from "#snippets/crash-lab/asks.ts";
import type { Snapshot } from "#snippets/crash-lab/snapshot.ts";
import { story } from "#snippets/crash-lab/story.ts";
import { isBack, isStop, leftIn, type Told } from "#snippets/crash-lab/told.ts";
import { formatCents } from "#snippets/support/format-cents.ts";
import { type Frame, isStubborn, phaseOf, stopsIn } from "./frame.ts";
import type { Session } from "./session.ts";

/** What a reader can do to a worker that asks for something. */
const stops: Record<string, Stop> = {
  Crash: "before",
  "Do it, then crash": "after",
  Hold: "held",
  Freeze: "frozen",
};

/** What happened last, what is next, and what the reader can do now. */
export function controls(session: Session) {
  const { phase, isRunning, lookedAt, lab } = session;
  const isNow = lookedAt === undefined;
  const { frame } = session;
  const canStop = phaseOf(frame) === "working" && !frame.answers.length && lab;
  const working = isStubborn(session)
    ? (["Skip to the deadline", () => lab?.skipToDeadline()] as const)
    : isRunning
      ? (["Pause", () => session.run(false)] as const)
      : (["Run", () => session.run(true)] as const);
  const [words, does] = {
    ready: ["Run", () => session.start(true)] as const,
    working,
    waiting: ["Skip the wait", () => lab?.skipWait()] as const,
    left: ["Let it come", () => lab?.resume()] as const,
    ended: ["Ask by the same id again", () => lab?.ask()] as const,
  }[phase];
  const step = () =>
    phase === "ready" ? session.start(false) : session.step();
  return html`${told(session.frame, session.problem, next(session))}
    <div class="buttons">
      <div>
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
        ${button("Start over", () => session.reset(), {
          isOff: phase === "ready",
        })}
      </div>
      <div>${Object.entries(stops).map(([words, stop]) =>
        button(words, () => session.stop(stop), {
          kind: "crash",
          isOff: !canStop,
        }),
      )}</div>
    </div>`;
}

/**
 * A button that stays where it is. One that is of no use now keeps the
 * focus, so it is not disabled, but says so.
 */
export function button(
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
  const isLast = frame.answers.length === 1 && phaseOf(frame) !== "working";
  if (first && isLast && !hasBack(frame)) return ended(frame, first);
  return sentences.at(-1) ?? "Nothing has begun.";
}

/** Whether something came after the end. */
function hasBack({ history }: Frame): boolean {
  return history.some((it, at) => isBack(history.slice(0, at), it));
}

function ended(frame: Frame, answer: Answer): string {
  if (answer.status === "failed") return inOneSentence(answer);
  const stops = stopsIn(frame);
  const isDeath = ({ fate }: Told) => fate !== "frozen";
  const what = frame.history.filter(isStop).every(isDeath) ? "crash" : "fault";
  const plural = what === "crash" ? "crashes" : "faults";
  const count = [`no ${what}`, `one ${what}`][stops] ?? `${stops} ${plural}`;
  return `The transfer is ${answer.status}, with ${count}.`;
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
    return isStubborn(frame)
      ? `Worker ${last.worker} asks to ${asks(last)} again, and will again.`
      : `Worker ${last.worker} asks to ${asks(last)}.`;
  if (phase === "left") return whatIsLeft(frame);
  if (phase === "ended") return sum(frame.snapshot);
  const { holder, until = 0 } = frame.snapshot?.lease ?? {};
  const left = Math.max(0, Math.ceil((until - Date.now()) / 1000));
  const what = holder
    ? `Its lease has ${left} s left.`
    : `Nobody has the transfer. It is offered again in ${left} s.`;
  return isHurried ? `${what} We do not wait for that here.` : what;
}

/** What can come after the end, and the money before it does. */
function whatIsLeft(frame: Frame): string {
  const left = leftIn(frame.history);
  if (!left) return "";
  const what =
    left.fate === "held"
      ? `The call of worker ${left.worker} to ${asks(left)} is still on its way.`
      : `Worker ${left.worker} is still frozen, as it asks to ${asks(left)}.`;
  return `${what} ${sum(frame.snapshot)}`;
}

function sum(snapshot: Snapshot | undefined): string {
  const { heldCents = 0, seededCents = 0 } = snapshot ?? {};
  const [held, seeded] = [formatCents(heldCents), formatCents(seededCents)];
  return heldCents === seededCents
    ? `All accounts hold ${held}, as before.`
    : `All accounts held ${seeded}, and hold ${held}.`;
}
