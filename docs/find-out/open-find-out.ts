import { render } from "lit-html";
import wasm from "sql.js/dist/sql-wasm-browser.wasm?url";
import type { SubjectName } from "#snippets/find-out/subjects.ts";
import { addStyles } from "../lab/add-styles.ts";
import { load } from "../lab/load.ts";
import { sagaBox } from "../lab/saga-box.ts";
import stageCss from "../lab/stage.css?inline";
import sequenceCss from "../pictures/sequence.css?inline";
import css from "./find-out.css?inline";
import { Finding, OWN } from "./finding.ts";
import { OwnText } from "./own-text.ts";
import { searchGuard, searchOwn } from "./searches.ts";
import { type Places, view } from "./view.ts";

/**
 * Fills the element with the switches and the saga. When the page is left, it
 * ends its search, and tells so by `closed`.
 */
export async function open(element: HTMLElement, closed: () => void) {
  const { lab, saga: source = "", exercise, answer, guards } = element.dataset;
  const of = element.dataset["of"] as SubjectName;
  const places: Places = {
    of,
    guards: JSON.parse(guards ?? "[]"),
    ...(lab && { lab }),
    ...(answer && { answer }),
  };
  const sqlite = await (await load(wasm)).arrayBuffer();
  const saga = sagaBox();
  const box = document.createElement("div"); // has the saga, or an editor
  box.replaceChildren(saga);
  const mine = of === "one-ledger" ? "my own" : `my own of ${of}`;
  const own = new OwnText(`saga: ${exercise ?? mine}`);
  const root = document.createElement("div");
  const finding = new Finding(show);
  let isDrawn = true;
  /** Once a frame, however often it is told. */
  function show() {
    if (isDrawn) requestAnimationFrame(draw);
    isDrawn = false;
  }
  function draw() {
    isDrawn = true;
    render(view(finding, box, places, does), root);
  }
  /** Shows the saga that lacks this. Gives what an editor begins with. */
  async function showSaga(lacks: string) {
    const html = await load(lacks ? `${source}${lacks}/` : source);
    saga.innerHTML = await html.text();
    box.replaceChildren(saga);
    const shown = saga.querySelector<HTMLElement>("[data-start]");
    finding.canEdit = shown !== null;
    show();
    return shown?.dataset["start"];
  }
  async function showEditor(text: string) {
    const { openEditor } = await import("./editor.ts");
    const editor = openEditor(text, (typed) => {
      own.set(typed);
      finding.forget();
    });
    box.replaceChildren(editor.dom);
    editor.focus();
  }
  let start = exercise
    ? await (await load(element.dataset["start"] ?? "")).text()
    : await showSaga("");
  const does = {
    async choose(lacks: string) {
      finding.choose(lacks);
      if (lacks === OWN) await showEditor(own.get() ?? start ?? "");
      else start = await showSaga(lacks);
    },
    /** Puts what is shown into the editor, in place of what was typed. */
    async edit() {
      const isOther = own.get() !== undefined && own.get() !== start;
      if (isOther && !confirm("Replace the saga that you wrote?")) return;
      own.set(start ?? "");
      await does.choose(OWN);
    },
    start() {
      const { lacks } = finding;
      const failed = () =>
        finding.fail("The search did not load, or failed. Try it again.");
      finding.start((hear) =>
        lacks === OWN
          ? searchOwn(sqlite, of, own.get() ?? start ?? "", hear, failed)
          : searchGuard(sqlite, of, lacks || undefined, hear, failed),
      );
    },
    stop: () => finding.stop(),
    lookAt: (at: number) => finding.lookAt(at),
  };
  draw();
  addStyles({
    "lab-stage": stageCss,
    "lab-sequence": sequenceCss,
    "find-out": css,
  });
  element.replaceChildren(root);
  element.dataset["open"] = "";
  if (exercise || own.get() !== undefined) await does.choose(OWN);
  function close() {
    delete element.dataset["open"];
    finding.stop();
    closed();
  }
  addEventListener("pagehide", close, { once: true });
}
