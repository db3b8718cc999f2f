import { type Report, search } from "./search.ts";

/** It is told which guard the saga lacks. */
export interface Asked {
  wasm: ArrayBuffer;
  without: string | undefined;
}

const tell = (told: Report) => self.postMessage(told);
self.onmessage = ({ data }: MessageEvent<Asked>) =>
  search(data.wasm, () => ({ without: data.without }), tell);
