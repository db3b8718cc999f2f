import { expect, test } from "vitest";
import { sources } from "../docs/notebook.ts";
import { countWords } from "../docs/prose.ts";
import { shownOn } from "../docs/shown-on.ts";
import { pages } from "../docs/uses.ts";

test("the words of a page are counted without its frontmatter, its code and what its components show", () => {
  const page = [
    "---\ntitle: Not counted\n---\n",
    'import matrix from "./not-counted.json";\n',
    "One [two](/not/counted/), {matrix.points} `three`.\n",
    "```sh\nnpx not counted\n```\n",
    '<Proof of="not counted" />',
  ].join("\n");
  expect(countWords(page)).toBe(3);
  for (const [path, text] of Object.entries(pages))
    expect(countWords(text), path).toBeGreaterThan(5);
});

test("every snippet knows the pages that show it, and a file of proofs those that name one of them", () => {
  const alone = [...sources.keys()].filter(
    (path) => path.startsWith("snippets/") && shownOn(path).length === 0,
  );
  expect(alone).toEqual([]);
  expect(shownOn("snippets/demo.ts")).toContainEqual({
    href: "/the-shape/run/",
    title: "Run the program",
  });
  expect(shownOn("test/the-problem.test.ts")).toContainEqual({
    href: "/the-problem/",
    title: "The problem",
  });
  expect(shownOn("test/support/site.ts")).toEqual([]);
});
