import { expect, test } from "vitest";
import { openFindOut } from "../support/find-out-page.ts";
import { LabPage } from "../support/lab-page.ts";
import { useSite } from "../support/use-site.ts";

const site = useSite();

const IMPORTS = `import { Never } from "@resonatehq/sdk";
import { entriesFor } from "../transfer/entries-for.ts";
import { applyEntry, creditTarget } from "../transfer/ledger.ts";
`;
/** A saga that does this, where it has the entries. */
const saga = (body: string) => `${IMPORTS}
export function* saga(ctx, order) {
  const { debit, credit, reversal } = entriesFor(order);
  ${body}
}`;
const step = (body: string) =>
  saga(`const once = ctx.options({ retryPolicy: new Never() });
  yield* ctx.run(async () => { ${body} }, once);`);

async function openEditor(excused?: RegExp) {
  const page = await openFindOut(site, excused);
  await page.press("Edit this saga");
  await page.root.locator(".cm-content").waitFor();
  return page;
}

test("a saga that is typed is judged by the same search, and said what it does wrong", async () => {
  const page = await openEditor();
  const once = `const once = ctx.options({ retryPolicy: new Never() });
  yield* ctx.run(applyEntry, debit, once);`;
  await page.paste(
    saga(`${once}
  yield* ctx.run(creditTarget, credit, once);
  return { status: "committed" };`),
  );
  expect((await page.find()).words).toEqual([
    "Bob's account is closed.",
    "50.00 missing.",
  ]);
  await page.paste(saga('return { status: "committed" };'));
  expect((await page.find()).words).toEqual([
    "Bob's account is open.",
    "Bob gets 0.00, and it says committed.",
  ]);
  await page.paste(saga('throw new Error("too late");'));
  expect((await page.find()).words.at(-1)).toBe(
    "Bob gets nothing. The transfer fails: too late.",
  );
});

test("what was found with a saga of the reader's can be stepped through, back and to the end, where the money is what was said", async () => {
  const page = await openEditor();
  await page.paste(
    saga(`const once = ctx.options({ retryPolicy: new Never() });
  yield* ctx.run(applyEntry, debit, once);
  yield* ctx.run(creditTarget, credit, once);
  return { status: "committed" };`),
  );
  expect((await page.find()).words.at(-1)).toBe("50.00 missing.");
  await page.root.getByText("Step through it here").click();
  const { root } = page;
  const next = root.locator(".played .next");
  const at = (words: string) => expect.poll(() => next.innerText()).toBe(words);
  expect(await next.innerText()).toMatch(/^1 of \d+$/);
  const [, all = ""] = (await next.innerText()).split(" of ");
  await page.press("Step");
  await at(`2 of ${all}`);
  await page.press("Back");
  await page.button("Back").click({ force: true }); // nothing is before
  await at(`1 of ${all}`);
  await page.press("To the end");
  await at(`${all} of ${all}`);
  const away = root.locator(".played .money li.away");
  expect(await away.innerText()).toMatch(/in neither account\s+50\.00/);
  expect(await root.locator(".played .workers").innerText()).toMatch(/done/);
  await root.getByText("As a picture").click();
  const drawn = root.locator(".played svg text");
  expect(await drawn.allTextContents()).toContain("150.00 of 200.00");
});

test("what was found at random has no link to the lab, which has one worker at a time, and nothing to step through", async () => {
  const page = await openEditor();
  // What a search would tell of it, told by the saga itself.
  const words = ["Bob's account is open. Two workers.", "50.00 too much."];
  await page.paste(
    saga(`self.postMessage({
      tried: 7, drawn: 7, found: { words: ${JSON.stringify(words)}, frames: [] },
    });
    while (true) {}`),
  );
  expect(await page.find()).toMatchObject({ words, tried: 7 });
  expect(await page.root.locator(".came a, .played").count()).toBe(0);
});

test("the saga of the page, opened in the editor and left as it is, is found to do no harm, and what was typed survives a reload", async () => {
  const page = await openEditor();
  const { words, tried } = await page.find();
  expect(words).toEqual(["Nothing found."]);
  expect(tried).toBeGreaterThan(500);
  await page.page.keyboard.press("Control+Home");
  await page.root.locator(".cm-content").focus();
  await page.page.keyboard.press("Control+Home");
  await page.page.keyboard.type("// mine");
  await page.page.reload();
  await page.press("Find out here");
  const text = page.root.locator(".cm-content");
  await text.waitFor();
  expect(await text.innerText()).toMatch(/^\/\/ mine/);
});

/** Says that something was found, and can say what there is to see of it. */
const FRAME = `const frame = (worker) => ({
    at: "end", answers: [],
    history: [{ worker, name: "write-debit", fate: "answered" }],
    snapshot: { entries: [], balances: [], promises: [], lease: {},
      heldCents: 0, seededCents: 0 },
  });`;
const FOUND = `self.postMessage({ tried: 1, drawn: 0, found: {
    words: ["mine"], schedule: { meets: "open", faults: [] },
  } });`;

test("what a saga says that there is to see is shown if it can be: no more workers than there are", async () => {
  const page = await openEditor();
  await page.paste(
    saga(`${FRAME}
    const show = (worker) => self.postMessage({ frames: [frame(worker)] });
    show(2); // nothing was found yet
    ${FOUND}
    for (const worker of [1e9, 4, 1]) show(worker);
    while (true) {}`),
  );
  expect((await page.find()).words).toEqual(["mine"]);
  await page.root.getByText("Step through it here").click();
  const rows = page.root.locator(".played .workers tbody tr:not(.room)");
  expect(await rows.allInnerTexts()).toEqual([
    expect.stringMatching("worker 1"),
  ]);
});

const silent = "nothing was heard of it any more";
const endless = "The saga does not end";
/** What is typed, and what is said of it. */
const hostile: Record<string, [code: string, said: string]> = {
  "a loop without a step": [saga("while (true) {}"), silent],
  "a loop when it is read": ["while (true) {}", silent],
  "steps without end": [
    saga("while (true) yield* ctx.run(async () => 1);"),
    "", // the one or the other
  ],
  "a step that never ends": [step("await new Promise(() => {})"), endless],
  "a step that loops": [step("while (true) {}"), silent],
  "recursion without end": [
    saga("const f = () => f(); f();"),
    "Maximum call stack",
  ],
  "no TypeScript": ["SELECT * FROM accounts", "Unexpected token"],
  Python: ["def saga(ctx):\n  yield", "Unexpected token"],
  "half of a function": ["export function* (", "Unexpected token"],
  "a million lines": [
    `const lines = \`${"\n".repeat(1_000_000)}\`;`,
    "It exports nothing",
  ],
  "no export": ["function* saga() {}", "It exports nothing"],
  "two exports": [
    "export function* a() {} export function* b() {}",
    "It exports a, b: export the saga alone.",
  ],
  "a class": ["export default class A {}", "default, is no function*"],
  "another module": [
    'import fs from "node:fs"; export const saga = fs;',
    "There is no node:fs here",
  ],
  "the end of its worker": [saga("self.close();"), silent],
  "words that are none": [
    saga('while (true) self.postMessage({ problem: 1, found: "x" });'),
    silent,
  ],
  "a report of too many workers": [
    saga(`${FRAME} ${FOUND} self.postMessage({ frames: [frame(1e9)] });
    while (true) {}`),
    "mine",
  ],
  fetch: [step(`await fetch("HOME")`), "Failed to fetch"],
  "a socket": [
    step(`await new Promise((open, fail) => {
      const socket = new WebSocket("HOME".replace("http", "ws"));
      socket.onopen = open;
      socket.onerror = () => fail(new Error("no socket"));
    })`),
    "no socket",
  ],
  importScripts: [step(`importScripts("HOME")`), "failed to load"],
  IndexedDB: [step(`indexedDB.open("x")`), "denied"],
  "an import by address": [step(`await import("HOME")`), "There is no http"],
};

test("whatever is typed, the page says one sentence, nothing is asked of anyone, and the lab of another tab works", {
  timeout: 300_000,
}, async () => {
  expect(Object.keys(hostile).length).toBeGreaterThanOrEqual(20);
  const page = await openEditor(
    /Failed to fetch|Content Security|WebSocket|ERR_/,
  );
  const asked: string[] = [];
  await page.paste(saga("return 1;"));
  await page.find(); // all that the page needs is there
  page.page.context().on("request", (request) => {
    const { protocol, pathname } = new URL(request.url());
    if (protocol !== "blob:" && !pathname.startsWith("/_astro/own-worker"))
      asked.push(request.url());
  });
  for (const [what, [code, said]] of Object.entries(hostile)) {
    await page.paste(code.replaceAll("HOME", `${site.home}404.html`));
    const { words } = await page.find();
    expect(words.at(-1), what).toContain(said);
  }
  expect(asked).toEqual([]);
  await page.choose("catch");
  expect((await page.find()).words.at(-1)).toBe("50.00 missing.");
  const tab = await page.page.context().newPage();
  await tab.goto(`${site.home}crash-lab/`);
  const lab = new LabPage(tab);
  await lab.open();
  await lab.press("Run");
  await lab.finish();
  expect(await lab.status()).toContain("The transfer is committed");
});

test("where a policy forbids frames, the page says so", async () => {
  const page = await openFindOut(site, /Content Security|violates/);
  await page.page.route("**/crash-matrix/guards/", async (route) => {
    const response = await route.fetch();
    const policy = "frame-src 'none'; script-src 'self' 'wasm-unsafe-eval'";
    const headers = {
      ...response.headers(),
      "content-security-policy": policy,
    };
    await route.fulfill({ response, headers });
  });
  await page.page.reload();
  await page.open();
  await page.press("Edit this saga");
  await page.paste(saga("return 1;"));
  expect((await page.find()).words.at(-1)).toContain(
    "the policy of this site may forbid frames",
  );
});
