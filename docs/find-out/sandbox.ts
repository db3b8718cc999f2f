import * as v from "valibot";
import type { AskedOwn } from "#snippets/find-out/own-worker.ts";
import type { Report } from "#snippets/find-out/search.ts";
import type { Search } from "./finding.ts";
import { heard } from "./heard.ts";

/** Milliseconds without a word, and without a schedule that has ended. */
const SILENT_MS = 4_000;
const ENDLESS_MS = 10_000;

/** What the frame may do: run what it is given, and nothing else. A worker of a
 * frame without an origin can be no module: the script is wrapped. */
const POLICY =
  "default-src 'none'; connect-src 'none'; worker-src blob:; " +
  "script-src 'unsafe-inline' 'unsafe-eval' blob:";
const FRAME = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<script>
  onmessage = ({ data: { script, asked } }) => {
    const blob = new Blob([script], { type: "text/javascript" });
    const worker = new Worker(URL.createObjectURL(blob));
    worker.onmessage = ({ data }) => parent.postMessage(data, "*");
    worker.postMessage(asked);
  };
  parent.postMessage("alive", "*");
</script>`;

/**
 * Searches with a saga that nobody has looked at, in a worker of a frame that
 * has no origin and reaches nothing. Ends it when it says no more, and says so.
 */
export function searchInSandbox(
  script: string,
  asked: AskedOwn,
  hear: (told: Report) => void,
): Search {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.hidden = true;
  frame.srcdoc = FRAME;
  let isThere = false; // the frame
  let hasBegun = false; // the worker
  let silent: ReturnType<typeof setTimeout>;
  let endless: ReturnType<typeof setTimeout>;
  const over = new AbortController();
  function end() {
    clearTimeout(silent);
    clearTimeout(endless);
    over.abort();
    frame.remove();
  }
  const say = (problem: string) => () => {
    end();
    hear({ problem });
  };
  function wait() {
    clearTimeout(silent);
    const why = hasBegun
      ? "The saga loops without a step, or has ended its worker: nothing was heard of it any more."
      : "The saga did not start: the policy of this site may forbid frames, or workers in them.";
    silent = setTimeout(say(why), SILENT_MS);
  }
  function waitForEnd() {
    clearTimeout(endless);
    const why =
      "The saga does not end: it waits for what does not come, or tries a step again and again.";
    endless = setTimeout(say(why), ENDLESS_MS);
  }
  addEventListener(
    "message",
    ({ source, data }) => {
      if (source !== frame.contentWindow) return;
      const { success, output } = v.safeParse(heard, data);
      if (!success) return;
      const wrapped = `"use strict";(() => {${script}\n})();`;
      if (!isThere)
        frame.contentWindow?.postMessage({ script: wrapped, asked }, "*");
      hasBegun = isThere;
      isThere = true;
      wait();
      if (output === "alive") return;
      waitForEnd();
      hear(output as Report);
    },
    { signal: over.signal },
  );
  document.body.append(frame);
  wait();
  waitForEnd();
  return { end };
}
