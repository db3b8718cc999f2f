import ownWorker from "#snippets/find-out/own-worker.ts?worker&url";
import type { Report } from "#snippets/find-out/search.ts";
import type { SubjectName } from "#snippets/find-out/subjects.ts";
import type { Asked } from "#snippets/find-out/worker.ts";
import { load } from "../lab/load.ts";
import type { Search } from "./finding.ts";

/** Searches with the saga that lacks this guard, in a worker of the page. */
export function searchGuard(
  wasm: ArrayBuffer,
  of: SubjectName,
  without: string | undefined,
  hear: (told: Report) => void,
  failed: () => void,
): Search {
  // As one expression: bundlers look for it.
  const worker = new Worker(
    new URL("../../snippets/find-out/worker.ts", import.meta.url),
    { type: "module" },
  );
  worker.onmessage = ({ data }) => hear(data);
  worker.onerror = failed;
  worker.postMessage({ wasm, of, without } satisfies Asked);
  return { end: () => worker.terminate() };
}

/** Searches with a saga of the reader's, where it reaches nothing. */
export function searchOwn(
  wasm: ArrayBuffer,
  of: SubjectName,
  typescript: string,
  hear: (told: Report) => void,
  failed: () => void,
): Search {
  let search: Search | undefined;
  let isOver = false;
  async function start() {
    const { searchInSandbox } = await import("./sandbox.ts");
    const script = await (await load(ownWorker)).text();
    if (isOver) return;
    search = searchInSandbox(script, { wasm, of, typescript }, hear);
  }
  start().catch(() => isOver || failed());
  return {
    end() {
      isOver = true;
      search?.end();
    },
  };
}
