import { render } from "lit-html";
import wasm from "sql.js/dist/sql-wasm-browser.wasm?url";
import { Threads } from "#snippets/crash/threads.ts";
import { loadDatabase } from "#snippets/crash-lab/load-database.ts";
import { fromLink } from "#snippets/crash-lab/plan.ts";
import { startWebWorker } from "#snippets/crash-lab/start-web-worker.ts";
import labCss from "./lab.css?inline";
import { markSaga, showLines } from "./mark-saga.ts";
import { Session } from "./session.ts";
import stageCss from "./stage.css?inline";
import { view } from "./view.ts";

/** Milliseconds between two steps of a transfer that runs by itself. */
const PACE = 700;

/**
 * Fills the element with a lab. When the page is left, the lab ends its
 * workers, and tells so by `closed`.
 */
export async function openLab(element: HTMLElement, closed: () => void) {
  const { plan = "", saga: source = "", page = "" } = element.dataset;
  const { short, linked, hurried } = element.dataset;
  const [sqlite, html] = await Promise.all([load(wasm), load(source)]);
  const openDatabase = await loadDatabase(await sqlite.arrayBuffer());
  const saga = boxOf(await html.text());

  const start = () => startWebWorker(failed);
  let threads: Threads | undefined = new Threads(start);
  async function failed() {
    await threads?.close();
    threads = undefined; // and is loaded again when it is needed
    await session.reset();
    session.fail("A worker did not load, or failed. Try it again.");
  }
  function next() {
    threads ??= new Threads(start);
    return threads.next();
  }
  const place = { openDatabase, next };
  const session = new Session(place, fromLink(plan), PACE, show);
  const lab = document.createElement("div");
  let shown = { phase: "", marked: saga };
  function show() {
    const isShort = short !== undefined;
    render(view(session, saga, { page, isShort }), lab);
    const [first = saga, ...others] = markSaga(saga, session.frame);
    const { phase } = session;
    if (phase === "ready" && shown.phase !== phase) saga.scrollTo(0, 0);
    if (phase === "working" && shown.phase === "ready") comeIntoView(lab);
    if (shown.marked !== first && first !== saga)
      showLines(saga, first, others.at(-1) ?? first);
    shown = { phase, marked: first };
  }

  await session.reset();
  addStyles();
  element.replaceChildren(lab);
  element.dataset["open"] = "";

  const leaving = new AbortController();
  const { signal } = leaving;
  const follow = () => session.follow(location.hash);
  if (linked !== undefined) {
    await follow();
    addEventListener("hashchange", follow, { signal });
  }
  comeIntoView(lab);
  async function close() {
    leaving.abort();
    delete element.dataset["open"];
    closed();
    await session.close();
    await threads?.close();
  }
  addEventListener("pagehide", close, { signal });
  if (hurried !== undefined) await session.hurry();
}

function comeIntoView(lab: Element) {
  lab.querySelector(".stage")?.scrollIntoView({ block: "nearest" });
}

async function load(address: string): Promise<Response> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} is not there`);
  return answer;
}

function boxOf(html: string): HTMLElement {
  const saga = document.createElement("div");
  saga.className = "saga";
  saga.tabIndex = 0;
  saga.role = "group";
  saga.ariaLabel = "The saga";
  saga.innerHTML = html;
  return saga;
}

/** Adds what of the lab's style the page has not yet. */
function addStyles() {
  for (const [id, css] of [
    ["lab-stage", stageCss],
    ["lab", labCss],
  ] as const) {
    if (document.getElementById(id)) continue;
    const style = document.createElement("style");
    style.id = id;
    style.textContent = css;
    document.head.append(style);
  }
}
