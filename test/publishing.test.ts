import sharp from "sharp";
import { expect, test } from "vitest";
import { pageMarkdown } from "../docs/as-markdown/page-markdown.ts";
import { cardSize, drawCard } from "../docs/card.ts";
import { claimRows } from "../docs/claimed.ts";
import { claims } from "../docs/claims.ts";
import { picture } from "../docs/head.ts";
import { lastRun, sdk } from "../docs/last-run.ts";
import { proofs, sources } from "../docs/notebook.ts";
import { countWords } from "../docs/prose.ts";
import { shownOn } from "../docs/shown-on.ts";
import { pages, uses } from "../docs/uses.ts";
import { dependencies } from "../package.json";
import matrix from "./outputs/crash-matrix.json";

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

const line = (code: string, is = "") =>
  `<div class="ec-line ${is}"><div class="code">${code}</div></div>`;
const page = (content: string) => `<html><head>
<meta name="description" content="What it is."></head><body>
<nav>not of the page</nav><h1>A page</h1>
<div class="sl-markdown-content">${content}</div>
<footer>not of the page</footer></body></html>`;
const markdownOf = (content: string, origin = "") =>
  pageMarkdown(page(content), origin).markdown;

test("a page's Markdown has its code line by line, a difference as a difference, and nothing of what is for eyes or hands only", () => {
  const block = (...lines: string[]) =>
    `<pre data-language="ts"><code>${lines.join("")}</code></pre><div class="copy"><button>Copy</button></div>`;
  expect(
    markdownOf(block(line("<span>const</span> a"), line("\n"), line("&lt;b>"))),
  ).toBe("# A page\n\n```ts\nconst a\n\n<b>\n```\n");
  expect(
    markdownOf(
      block(line("a"), line("b", "highlight del"), line("c", "highlight ins")),
    ),
  ).toBe("# A page\n\n```diff\n a\n-b\n+c\n```\n");
});

test("a page's Markdown says in words what is drawn, and sets apart what a style sheet does", () => {
  expect(
    markdownOf('<div role="img" aria-label="A calls B."><svg></svg></div>'),
  ).toBe("# A page\n\nDrawing: A calls B.\n");
  expect(
    markdownOf(
      '<p><strong>Proof</strong><a href="/b/">it holds</a><code>a.ts:1</code></p>',
      "https://example.org",
    ),
  ).toBe("# A page\n\n**Proof** [it holds](https://example.org/b/) `a.ts:1`\n");
  expect(
    markdownOf(
      '<crash-lab data-page="/lab/"><button>Run</button><figure class="shown"><p>its lines</p></figure></crash-lab>',
      "https://example.org",
    ),
  ).toBe(
    "# A page\n\n[The crash lab](https://example.org/lab/) runs here.\n\nits lines\n",
  );
  expect(
    markdownOf(
      '<figure data-printed="a  1\nb  2"><pre data-language="sh">run</pre><svg></svg><table></table></figure>',
    ),
  ).toBe("# A page\n\n```sh\nrun\n```\n\n```text\na  1\nb  2\n```\n");
  expect(() => pageMarkdown("<h1>Another</h1>", "")).toThrow(
    "Another: there is no content",
  );
});

test("the list of claims for programs has each claim with a test that is run, and the SDK it was run with", async () => {
  const rows = await claimRows();
  const cited = uses.filter(({ claim }) => claim !== undefined);
  expect(rows).toHaveLength(cited.length);
  expect(new Set(rows.map(({ claim }) => claim))).toEqual(
    new Set(Object.values(claims)),
  );
  const titles = (await proofs()).map(({ title }) => title);
  for (const row of rows) {
    expect(titles).toContain(row.test);
    expect(sources.has(row.file), row.file).toBe(true);
    expect(row.sdk).toBe(dependencies["@resonatehq/sdk"]);
  }
});

test("a page names a picture of itself only where it has an address", () => {
  const head = [
    { tag: "meta", attrs: { name: "twitter:card", content: "summary" } },
    { tag: "title", content: "A page" },
  ] as Parameters<typeof picture>[0];
  const said = (site?: string) =>
    picture(head, site === undefined ? undefined : new URL(site)).map(
      ({ attrs }) => attrs?.["content"],
    );
  expect(said()).toEqual([undefined, "summary"]);
  expect(said("https://example.org")).toContain("summary_large_image");
  expect(said("https://example.org")).toContain("https://example.org/card.png");
});

test("the picture and the footer say what the last run found", async () => {
  const { format, width, height } = await sharp(await drawCard()).metadata();
  expect({ format, width, height }).toEqual({ format: "png", ...cardSize });
  expect(sdk).toBe(`@resonatehq/sdk ${dependencies["@resonatehq/sdk"]}`);
  const [oneLedger] = lastRun;
  expect(oneLedger?.found).toContain(`${matrix.points} crash points`);
  expect(oneLedger?.found).toContain(`${matrix.violations} violations`);
});
