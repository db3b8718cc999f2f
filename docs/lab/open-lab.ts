import { render } from "lit-html";
import wasm from "sql.js/dist/sql-wasm-browser.wasm?url";
import { loadBank } from "../../snippets/crash-lab/load-bank.ts";
import { fromLink } from "../../snippets/crash-lab/scenario.ts";
import { startWebWorker } from "../../snippets/crash-lab/start-web-worker.ts";
import { Threads } from "../../snippets/crash-matrix/threads.ts";
import css from "./lab.css?inline";
import { markSaga } from "./mark-saga.ts";
import { Session } from "./session.ts";
import { view } from "./view.ts";

/** Puts a lab where the button was. It ends, with its workers, as the page does. */
export async function openLab(element: HTMLElement) {
  const { scenario = "", saga: source = "", page = "" } = element.dataset;
  const { short, linked } = element.dataset;
  const [openBank, saga] = await Promise.all([
    loadBank(wasm),
    loadSaga(source),
  ]);
  const pace = matchMedia("(prefers-reduced-motion)").matches ? 0 : 700;

  const threads = new Threads(() =>
    startWebWorker(() => session.fail("A worker failed.")),
  );
  const place = { openBank, next: () => threads.next() };
  const session = new Session(place, fromLink(scenario), pace, show);
  let phase = "";
  function show() {
    const focused = document.activeElement;
    const hadFocus = focused?.closest("crash-lab .controls");
    render(
      view(session, saga, { page, isShort: short !== undefined }),
      element,
    );
    markSaga(saga, session);
    const story = element.querySelector(".story ol");
    story?.scrollTo(0, story.scrollHeight);
    if (hadFocus && phase !== session.phase)
      element.querySelector<HTMLElement>(".controls button")?.focus();
    phase = session.phase;
  }
  addStyle();
  element.replaceChildren();
  await session.reset();
  if (linked !== undefined) {
    await session.follow(location.hash);
    addEventListener("hashchange", () => session.follow(location.hash));
  }
  element.dataset["open"] = "";
  addEventListener("pagehide", async () => {
    await session.close();
    await threads.close();
  });
}

async function loadSaga(address: string) {
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
