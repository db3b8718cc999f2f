/** Fills an element. Tells when the reader has left the page. */
type Open = (element: HTMLElement, closed: () => void) => Promise<void>;

/** What each element is filled with, by its name. */
const loads: Record<string, () => Promise<{ open: Open }>> = {
  "crash-lab": () => import("./open-lab.ts"),
  "find-out": () => import("../find-out/open-find-out.ts"),
};

export const open: Open = async (element, closed) => {
  const loaded = await loads[element.localName]?.();
  await loaded?.open(element, closed);
};
