import { expect, test } from "vitest";
import { asks } from "#snippets/crash-lab/asks.ts";
import matrix from "../../outputs/crash-matrix.json";
import { LabPage, openLab, openPage } from "../../support/lab-page.ts";
import { useSite } from "../../support/use-site.ts";

const site = useSite();

test("of a worker that died it is shown what it left, who has the lease, and where the next one may die", async () => {
  const lab = await openLab(site);
  const workers = () => lab.root.locator(".workers tbody th").allTextContents();
  const inWords = async () =>
    (await workers()).map((text) => text.replace(/\s+/g, " ").trim());
  await lab.press("Step");
  for (const asks of ["begin the debit", "write the debit"]) {
    await lab.press("Step");
    await lab.waitsFor(`Worker 1 asks to ${asks}`);
  }
  expect(await inWords()).toEqual(["worker 1 alive"]);
  await lab.press("Do it, then crash");
  await lab.button("Skip the wait").waitFor();
  expect(await inWords()).toEqual(["worker 1 ✕ dead"]);
  await lab.waitsFor(/^Its lease has \d+ s left\.$/);
  expect(await lab.money()).toEqual(["150.00", "50.00", "0.00"]);
  expect(await lab.steps()).toEqual(["died", "", ""]);
  expect(await lab.root.locator(".ec-line.died").count()).toBe(5);
  const select = lab.root.locator("select.deaths");
  const choices = select.locator("option");
  await expect.poll(() => choices.count()).toBe(1 + 4 * 8);
  expect(await choices.nth(5).innerText()).toContain(
    "before it can look for the debit",
  );
});

test("the list of points is that of the crash matrix, in words", async () => {
  const lab = await openLab(site);
  const choices = lab.root.locator("select.deaths").locator("option");
  const texts = await choices.allInnerTexts();
  const deaths = matrix.deaths.filter(({ path }) => path === "accepts");
  const calls = deaths
    .filter(({ point }) => point.startsWith("before:"))
    .map(({ point }) => ({ name: point.replace("before:", "") }));
  expect(texts.map((text) => text.trim())).toEqual([
    "only if you stop it",
    ...deaths.map(({ point }) => {
      const [death, name = ""] = point.split(":");
      const words = asks({ name });
      return death === "before"
        ? `before it can ${words}`
        : `after it ${words.replace(" ", "s ")}, before it hears so`;
    }),
    ...calls.map(({ name }) => `as it asks to ${asks({ name })}`),
    ...calls.map(({ name }) => `before it can ${asks({ name })}`),
  ]);
});

test("of a transfer that was compensated, the records and the saga's last lines are shown", async () => {
  const lab = await openLab(site);
  await lab.root.locator("select.meets").selectOption("closed");
  const select = lab.root.locator("select.deaths");
  await expect.poll(() => select.locator("option").count()).toBe(1 + 4 * 12);
  await select.selectOption({ index: 1 + 2 * 11 });
  await lab.press("Run");
  await lab.button("Skip the wait").waitFor();
  const lines = async (mark: string) => {
    const texts = lab.root.locator(`.ec-line.${mark}`).allInnerTexts();
    return (await texts).map((text) => text.trim());
  };
  const result = 'return { transferId, status: "compensated", reason };';
  expect(await lines("died")).toEqual([result]);
  await lab.finish();
  expect(await lab.rows("On record")).toEqual([
    ["t1", "resolved", "compensated"],
    ["t1:0", "resolved", "applied"],
    ["t1:1", "rejected", "account bob is closed"],
    ["t1:2", "resolved", "applied"],
  ]);
  expect(await lines("done")).toEqual([result]);
  expect(await lines("rethrown")).toContain("creditTarget,");
  expect(await lab.root.locator("td.rethrown").innerText()).toBe(
    "refused, on record",
  );
  expect((await lines("replayed")).at(-1)).toBe(
    "yield* ctx.run(applyEntry, reversal);",
  );
});

test("the picture of a run grows with each call, goes back with the reader, and shows what comes after the end", async () => {
  const refused = /Fence check failed/; // a worker tells so by itself
  const address = `${site.home}crash-lab/`;
  const page = await openPage(site.browser, address, undefined, refused);
  const lab = new LabPage(page);
  await lab.open();
  await lab.root.getByText("As a picture").click();
  const drawn = () => lab.root.locator(".sequence svg text").allTextContents();
  expect(await drawn()).toEqual(["server", "ledger"]);
  await lab.press("Step");
  await lab.press("Step");
  await lab.press("Step");
  await lab.waitsFor("Worker 1 asks to write the debit");
  const asking = ["server", "ledger", "worker 1", "take the transfer"];
  expect(await drawn()).toEqual([...asking, "write the debit"]);
  await lab.press("Back");
  expect(await drawn()).toEqual([...asking, "begin the debit"]);
  await lab.press("Back to now");
  await lab.press("Freeze");
  await lab.press("Skip the wait");
  await lab.press("Run");
  await lab.finish();
  const words = await drawn();
  expect(words).toContain("frozen before it can");
  expect(words.filter((it) => it === "it is there already")).toHaveLength(1);
  expect(words.slice(-2)).toEqual([
    "refused: lease passed",
    "200.00 of 200.00",
  ]);
});

test("on a narrow phone, too, all of a lab is as wide as the lab", async () => {
  const options = { viewport: { width: 320, height: 700 } };
  const page = await openPage(site.browser, `${site.home}exercises/`, options);
  const lab = new LabPage(page);
  await lab.open();
  await lab.root.getByText("As a picture").click();
  const isWider = await lab.root.evaluate((root) => {
    const { right } = root.getBoundingClientRect();
    const all = [...root.querySelectorAll(".more *")];
    return all
      .filter((it) => it.getBoundingClientRect().right > right + 1)
      .map(({ outerHTML }) => outerHTML.slice(0, 80));
  });
  expect(isWider).toEqual([]);
});

test("what a reader says before a run is judged by that run", async () => {
  const page = await openPage(site.browser, `${site.home}exercises/`);
  const lab = new LabPage(page);
  await lab.open();
  await lab.root.locator(".prediction .step").selectOption("debit");
  await lab.root.locator(".prediction .cents").fill("200");
  await lab.press("Run");
  await lab.finish();
  expect(await lab.root.locator(".judged").innerText()).toBe(
    "Right: the debit is called again. " +
      "You said 200.00: all accounts hold 150.00 until then.",
  );
  expect(await lab.root.locator(".prediction .step").isDisabled()).toBe(true);
  await lab.press("Start over");
  await lab.root.locator(".prediction .cents").fill("150");
  await lab.press("Run");
  await lab.finish();
  expect(await lab.root.locator(".judged").innerText()).toMatch(
    /^Right: [^.]*\. Right: /,
  );
});
