import type { MessageFault } from "../crash/crash-point.ts";

/** What a call met on its way, as a sentence. */
export const onItsWay: Record<MessageFault, string> = {
  "request lost": "The request is lost.",
  "answer lost": "It is done, and the answer is lost.",
  "request held": "The request is held, and comes last.",
  "request repeated": "The request comes twice.",
};
