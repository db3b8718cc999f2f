import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { lastRun, sdk } from "../../docs/last-run.ts";
import { output, proof, snippet } from "../../docs/notebook.ts";
import { pages, placeOf, uses } from "../../docs/uses.ts";
import { expectEnd, LabPage, openPage } from "../support/lab-page.ts";
import { button, find, openAtRest } from "../support/search-page.ts";
import { buildSite, openBrowser, serveSite } from "../support/site.ts";

const origin = "https://example.org";
const base = "/notebook/";

const folder = mkdtempSync("node_modules/.published-");
let browser: Browser;
let site: Awaited<ReturnType<typeof serveSite>>;
beforeAll(async () => {
  buildSite(folder, base, origin);
  site = await serveSite(folder, base);
  browser = await openBrowser();
}, 600_000);
afterAll(async () => {
  await browser?.close();
  site?.close();
  rmSync(folder, { recursive: true });
});

const read = (path: string) => readFileSync(join(folder, path), "utf8");
const htmlOf = (href: string) => read(`${href}index.html`);
const markdownOf = (href: string) =>
  read(href === "/" ? "index.md" : `${href.slice(0, -1)}.md`);
const all = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, found = ""]) => found);

const places = Object.keys(pages)
  .filter((page) => page.endsWith(".mdx"))
  .map((page) => ({ page, ...placeOf(page) }));

/** Markdown escapes what would mark something up. */
const plain = (text: string) => text.replace(/\\(?=[\\`*_[\]<&~|])/g, "");

test("each page is there as Markdown, with the code, the outputs and the proofs that it shows", async () => {
  expect(places.length).toBeGreaterThan(20);
  for (const { page, href, title } of places) {
    const markdown = plain(markdownOf(href));
    expect(markdown.split("\n")[0]).toBe(`# ${title}`);
    expect(markdown, page).not.toMatch(/Section titled|Copy to clipboard/);
    const has = (text: string) =>
      expect(markdown.includes(plain(text)), `${page}: ${text}`).toBe(true);
    for (const use of uses.filter((each) => each.page === page)) {
      const { component, file = "", region, of = "" } = use;
      if (component === "Snippet")
        has(`\`\`\`ts\n${snippet(page, file, region).code}\n\`\`\``);
      if (component === "Output") {
        const { command, printed } = output(page, of);
        has(`\`\`\`sh\n${command}\n\`\`\``);
        has(`\`\`\`text\n${printed.replace(/^\n+/, "")}\n\`\`\``);
      }
      if (component === "Proof") {
        const { sentence, path, line, breaks } = await proof(page, of);
        has(sentence);
        has(breaks ? `"${path}:${line}. Red when ` : `"${path}:${line}"`);
      }
    }
  }
});

test("a link in Markdown leads to the public address, to a page that is there", () => {
  const text = places.map(({ href }) => markdownOf(href)).join("\n");
  const links = all(text, /\]\((https:\/\/example\.org[^)?#]*)/g);
  expect(links.length).toBeGreaterThan(100);
  expect(text).not.toContain("](/");
  for (const link of new Set(links)) {
    const path = link.slice((origin + base).length);
    expect(existsSync(join(folder, path, "index.html")), link).toBe(true);
  }
});

test("the sidebar, llms.txt and llms-full.txt have every page, once and in the same order, and its chapters are counted", () => {
  const sidebar =
    /<nav[^>]*sidebar[\s\S]*?<\/nav>/.exec(htmlOf("/"))?.[0] ?? "";
  const order = all(sidebar, /<a href="\/notebook(\/[^"]*)"/g);
  expect(order.toSorted()).toEqual(places.map(({ href }) => href).sort());
  const chapters = all(sidebar, /data-chapter="(\d+)"/g).map(Number);
  expect(chapters.length).toBeGreaterThan(15);
  expect(chapters).toEqual(chapters.map((_, n) => n + 1));

  const listed = all(
    read("llms.txt"),
    /\]\(https:\/\/example\.org\/notebook(\/[^)]*)\.md\)/g,
  );
  expect(listed.map((path) => (path === "/index" ? "/" : `${path}/`))).toEqual(
    order,
  );
  const whole = read("llms-full.txt");
  const starts = order.map((href) => whole.indexOf(markdownOf(href)));
  expect(starts[0]).toBe(0);
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
});

test("each page says once what it is called, what it is about, where it is, and how it looks from outside", () => {
  const titles = places.map(({ href, title }) => {
    const html = htmlOf(href);
    const address = `${origin}/notebook${href}`;
    expect(html).toContain(`<link rel="canonical" href="${address}"`);
    expect(read("sitemap-0.xml")).toContain(`<loc>${address}</loc>`);
    expect(all(html, /name="description" content="([^"]+)"/g)).toHaveLength(1);
    expect(all(html, /name="theme-color" content="(#\w+)"/g)).toHaveLength(2);
    const images = all(html, /property="og:image" content="([^"]+)"/g);
    expect(images).toEqual([`${origin}/notebook/card.png`]);
    expect(html).toContain('href="/notebook/apple-touch-icon.png"');
    const [said = ""] = all(html, /<title>([^<]*)<\/title>/g);
    expect(said).toContain(title);
    return said;
  });
  expect(titles).toContain("A transfer you can crash");
  expect(new Set(titles).size).toBe(places.length);
  for (const picture of ["card.png", "apple-touch-icon.png"])
    expect(existsSync(join(folder, picture))).toBe(true);
  expect(read("sitemap-0.xml")).not.toContain("/source/");
});

test("no page is an end: below each is another one, and a file leads back to where it is shown", () => {
  for (const { href } of places)
    expect(htmlOf(href), href).toMatch(/rel="(next|prev)"/);
  expect(htmlOf("/")).toContain('href="/notebook/crash-lab/" rel="next"');
  const file = htmlOf("/source/snippets/demo.ts/");
  const back = /aria-label="Pages of this file"[\s\S]*?<\/nav>/.exec(file)?.[0];
  expect(back).toContain('href="/notebook/the-shape/run/"');
});

test("below each page stands which SDK it was run with, and what the last run found", () => {
  for (const href of [
    ...places.map((place) => place.href),
    "/source/snippets/demo.ts/",
  ]) {
    const [, below = ""] = htmlOf(href).split("</footer>");
    expect(below).toContain(`Run with ${sdk}.`);
    for (const { found } of lastRun) expect(below).toContain(found);
  }
});

/** What a reader has copied who pressed the button. */
async function copied(options: BrowserContextOptions, press: "tap" | "Enter") {
  const context = await browser.newContext({
    ...options,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(`${site.home}two-banks/late-request/`);
  const button = page.getByRole("button", { name: "Copy page as Markdown" });
  if (press === "tap") await button.tap();
  else await button.press(press);
  await page.getByText("Copied", { exact: true }).waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
}

test("a page is copied as Markdown by the keyboard and by touch", async () => {
  const markdown = markdownOf("/two-banks/late-request/");
  expect(await copied({}, "Enter")).toBe(markdown);
  const phone = { hasTouch: true, viewport: { width: 390, height: 844 } };
  expect(await copied(phone, "tap")).toBe(markdown);
});

test("what cannot be copied is said to be not copied, and without JavaScript there is no button", async () => {
  const name = "Copy page as Markdown";
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.route("**/*.md", (route) => route.abort());
  await page.goto(`${site.home}the-problem/`);
  await page.getByRole("button", { name }).click();
  await page.getByText("Not copied").waitFor();

  const without = await browser.newContext({ javaScriptEnabled: false });
  onTestFinished(() => without.close());
  const bare = await without.newPage();
  await bare.goto(`${site.home}the-problem/`);
  expect(await bare.getByRole("heading", { level: 1 }).count()).toBe(1);
  expect(await bare.getByRole("button", { name }).count()).toBe(0);
});

test("below a folder of another site the search finds pages below it", async () => {
  const page = await openAtRest(browser, `${site.home}the-problem/`);
  await button(page).click();
  const found = await find(page, "glossary");
  await found.first().click();
  await page.waitForURL(/\/notebook\/glossary\//);
});

test("below a folder of another site, from plain files, the lab runs the same", async () => {
  const page = await openPage(
    browser,
    `${site.home}crash-lab/#amount=5000&fault=after:write-credit`,
  );
  const lab = new LabPage(page);
  await lab.runsAtOnce();
  await lab.press("Run");
  await lab.finish();
  await expectEnd(lab, "committed");
  expect(await lab.status()).toContain("one crash");
});
