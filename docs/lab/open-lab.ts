import { render } from "lit-html";
import wasm from "sql.js/dist/sql-wasm-browser.wasm?url";
import { Threads } from "#snippets/crash/threads.ts";
import { loadDatabase } from "#snippets/crash-lab/load-database.ts";
import { fromLink, type Plan } from "#snippets/crash-lab/plan.ts";
import { startWebWorker } from "#snippets/crash-lab/start-web-worker.ts";
import sequenceCss from "../pictures/sequence.css?inline";
import { addStyles } from "./add-styles.ts";
import labCss from "./lab.css?inline";
import { load } from "./load.ts";
import { markSaga, showLines } from "./mark-saga.ts";
import { sagaBox } from "./saga-box.ts";
import { Session } from "./session.ts";
import stageCss from "./stage.css?inline";
import { view } from "./view.ts";

/** Milliseconds between two steps of a transfer that runs by itself. */
const PACE = 700;

/**
 * Fills the element with a lab. When the page is left, the lab ends its
 * workers, and tells so by `closed`.
 */
export async function open(element: HTMLElement, closed: () => void) {
  const { plan = "", saga: source = "", page = "" } = element.dataset;
  const { short, linked, hurried, predict } = element.dataset;
  const said = predict === undefined ? undefined : {};
  const sqlite = await load(wasm);
  const openDatabase = await loadDatabase(await sqlite.arrayBuffer());
  const saga = sagaBox();

  let threads: Threads | undefined; // of one saga
  async function failed() {
    await threads?.close();
    threads = undefined; // and is loaded again when it is needed
    await session.reset();
    session.say("A worker did not load, or failed. Try it again.");
  }
  let lacks: string | undefined | null = null; // none is shown yet
  const start = () => startWebWorker(lacks ?? undefined, failed);
  /** Shows the saga of the plan, and has workers that run it. */
  async function prepare({ without }: Plan) {
    if (without === lacks) return;
    const html = await load(without ? `${source}${without}/` : source);
    saga.innerHTML = await html.text();
    lacks = without;
    await threads?.close();
    threads = new Threads(start);
  }
  function next() {
    threads ??= new Threads(start);
    return threads.next();
  }
  const place = { openDatabase, next, prepare };
  const session = new Session(place, fromLink(plan), PACE, show);
  const lab = document.createElement("div");
  let shown = { phase: "", marked: saga };
  function show() {
    const isShort = short !== undefined;
    render(view(session, saga, { page, isShort, said }), lab);
    const [first = saga, ...others] = markSaga(saga, session.frame);
    const { phase } = session;
    if (phase === "ready" && shown.phase !== phase) saga.scrollTo(0, 0);
    if (phase === "working" && shown.phase === "ready") comeIntoView(lab);
    if (shown.marked !== first && first !== saga)
      showLines(saga, first, others.at(-1) ?? first);
    shown = { phase, marked: first };
  }

  await session.reset();
  const follow = () => session.follow(location.hash);
  if (linked !== undefined) await follow();
  addStyles({
    "lab-stage": stageCss,
    lab: labCss,
    "lab-sequence": sequenceCss,
  });
  element.replaceChildren(lab);
  element.dataset["open"] = "";

  const leaving = new AbortController();
  const { signal } = leaving;
  if (linked !== undefined) addEventListener("hashchange", follow, { signal });
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
