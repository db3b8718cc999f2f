import { type Report, search } from "./search.ts";
import { type SubjectName, subjects } from "./subjects.ts";

/** It is told what to search, and which guard that lacks. */
export interface Asked {
  wasm: ArrayBuffer;
  of: SubjectName;
  without: string | undefined;
}

const tell = (told: Report) => self.postMessage(told);
self.onmessage = ({ data }: MessageEvent<Asked>) =>
  search(
    data.wasm,
    () => subjects[data.of].without(data.without),
    tell,
  );
