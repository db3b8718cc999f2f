import { sagaFrom } from "./own-saga.ts";
import { type Report, search } from "./search.ts";
import { type SubjectName, subjects } from "./subjects.ts";

/** It is told a saga of your own, in TypeScript. */
export interface AskedOwn {
  wasm: ArrayBuffer;
  of: SubjectName;
  typescript: string;
}

// The SDK draws ids. Without an origin, a browser has no such function.
crypto.randomUUID ??= () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const digits = bytes.reduce((all, byte) => all + hex(byte), "");
  return `${digits.slice(0, 8)}-0000-4000-8000-${digits.slice(20)}`;
};
const hex = (byte: number) => byte.toString(16).padStart(2, "0");

const tell = (told: Report | "alive") => self.postMessage(told);
self.onmessage = ({ data }: MessageEvent<AskedOwn>) => {
  tell("alive");
  // A saga that loops without a step keeps this from being told again.
  setInterval(() => tell("alive"), 500);
  const { of, typescript } = data;
  const open = () =>
    subjects[of].without(undefined, sagaFrom<never>(typescript));
  return search(data.wasm, open, tell);
};
