import { render } from "lit-html";
import wasm from "sql.js/dist/sql-wasm-browser.wasm?url";
import { loadBank } from "../../snippets/crash-lab/load-bank.ts";
import { fromLink } from "../../snippets/crash-lab/scenario.ts";
import { startWebWorker } from "../../snippets/crash-lab/start-web-worker.ts";
import { Threads } from "../../snippets/crash-matrix/threads.ts";
import css from "./lab.css?inline";
import { markSaga, showLine } from "./mark-saga.ts";
import { Session } from "./session.ts";
import { view } from "./view.ts";

/** Milliseconds between two steps of a transfer that runs by itself. */
const PACE = matchMedia("(prefers-reduced-motion)").matches ? 0 : 700;

/**
 * Fills the element with a lab. When the page is left, the lab ends its
 * workers, and tells so by `closed`.
 */
export async function openLab(element: HTMLElement, closed: () => void) {
  const { scenario = "", saga: source = "", page = "" } = element.dataset;
  const { short, linked } = element.dataset;
  const [openBank, saga] = await Promise.all([
    loadBank(wasm),
    loadSaga(source),
  ]);

  const threads = new Threads(() =>
    startWebWorker(() => session.fail("A worker failed.")),
  );
  const place = { openBank, next: () => threads.next() };
  const session = new Session(place, fromLink(scenario), PACE, show);
  const lab = document.createElement("div");
  let shown = { phase: "", told: 0, line: saga };
  function show() {
    const hadFocus = document.activeElement?.closest("crash-lab .controls");
    const isShort = short !== undefined;
    render(view(session, saga, { page, isShort }), lab);
    const line = markSaga(saga, session) ?? saga;
    const story = lab.querySelector(".story ol");
    const { phase } = session;
    const told = story?.childElementCount ?? 0;
    if (hadFocus && shown.phase !== phase)
      lab.querySelector<HTMLElement>(".controls button")?.focus();
    // Only what is new moves: the reader may have scrolled.
    if (shown.told !== told) story?.scrollTo(0, story.scrollHeight);
    if (shown.line !== line && line !== saga) showLine(saga, line);
    shown = { phase, told, line };
  }

  await session.reset();
  addStyle();
  element.replaceChildren(lab);
  element.dataset["open"] = "";

  const leaving = new AbortController();
  const { signal } = leaving;
  const follow = () => session.follow(location.hash);
  if (linked !== undefined) {
    await follow();
    addEventListener("hashchange", follow, { signal });
  }
  async function close() {
    leaving.abort();
    delete element.dataset["open"];
    closed();
    await session.close();
    await threads.close();
  }
  addEventListener("pagehide", close, { signal });
}

async function loadSaga(address: string): Promise<HTMLElement> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} is not there`);
  const saga = document.createElement("div");
  saga.className = "saga";
  saga.tabIndex = 0;
  saga.role = "region";
  saga.ariaLabel = "The saga";
  saga.innerHTML = await answer.text();
  return saga;
}

function addStyle() {
  if (document.getElementById("crash-lab")) return;
  const style = document.createElement("style");
  style.id = "crash-lab";
  style.textContent = css;
  document.head.append(style);
}
