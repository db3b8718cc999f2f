import { expect, test } from "vitest";
import { isTitled, proofs, sources } from "../../docs/notebook.ts";
import breaks from "../outputs/breaks.json";

test("each change that is said to turn a proof red can be made, and the proof is run", async () => {
  const all = await proofs();
  for (const [title, { file, was }] of Object.entries(breaks)) {
    expect(sources.get(file), title).toContain(was);
    const titled = all.filter((each) => isTitled(title, each.title));
    expect(titled.map((each) => each.title)).toHaveLength(1);
    expect(titled[0]?.breaks, title).toBeDefined();
  }
  expect(all.filter((each) => each.breaks).length).toBeGreaterThan(30);
});
