import { expect, test } from "vitest";
import {
  expectEnd,
  expectLedger,
  LabPage,
  openLab,
  openPage,
} from "../../support/lab-page.ts";
import { useSite } from "../../support/use-site.ts";

const site = useSite();

test("a worker that runs by itself can be crashed at any time", async () => {
  const lab = await openLab(site);
  await lab.root.locator("select.pace").selectOption("steadily");
  await lab.press("Run");
  await lab.waitsFor("Worker 1 asks to write the debit");
  await lab.press("Do it, then crash");
  await lab.button("Skip the wait").waitFor();
  expect(await lab.status()).toBe(
    "Worker 1 writes the debit, and is killed before it hears so.",
  );
  const seconds = async () => {
    const next = await lab.root.locator(".next").innerText();
    return Number(/^Its lease has (\d+) s left\.$/.exec(next)?.[1]);
  };
  const left = await seconds();
  expect(left).toBeGreaterThan(30);
  await expect.poll(seconds, { timeout: 10_000 }).toBeLessThan(left);
  expect(await lab.rows("The ledger")).toHaveLength(1);
  await lab.press("Skip the wait");
  await lab.waitsFor("Worker 2 asks to");
  await lab.press("Crash");
  await lab.finish();
  await expectEnd(lab, "committed");
  expect(await lab.status()).toContain("2 crashes");
});

test("a button that is of no use now keeps the focus, and does nothing", async () => {
  const lab = await openLab(site);
  const crash = lab.button("Crash");
  await crash.focus();
  await lab.page.keyboard.press("Enter");
  expect(await crash.evaluate((one) => one === document.activeElement)).toBe(
    true,
  );
  await lab.press("Run");
  await lab.finish();
  await expectEnd(lab, "committed");
  expect(await lab.status()).toContain("no crash");
});

test("asked by the same id again, no worker is asked and nothing is written", async () => {
  const lab = await openLab(site);
  await lab.press("Run");
  await lab.finish();
  const before = await lab.story();
  for (const times of [1, 2]) {
    await lab.press("Ask by the same id again");
    await expect
      .poll(async () => (await lab.story()).slice(before.length))
      .toHaveLength(times);
    const nth = times > 1 ? ` (${times} times)` : "";
    expect(await lab.status()).toBe(
      `You ask by the same id again${nth}. The server answers committed, and asks no worker.`,
    );
    await expectLedger(lab, "committed");
  }
});

test("a link carries what is ordered, and where the workers die", async () => {
  const lab = await openLab(site);
  await lab.root.getByRole("spinbutton").fill("12.34");
  await lab.root.locator("select.meets").selectOption("closed");
  await lab.press("Step");
  for (let step = 0; step < 8; step += 1) {
    const { length } = await lab.story();
    await lab.press("Step");
    await expect
      .poll(async () => (await lab.story()).length)
      .toBeGreaterThan(length);
  }
  await lab.press("Crash");
  await lab.press("Skip the wait");
  await lab.waitsFor("Worker 2 asks to take the transfer");
  await lab.press("Do it, then crash");
  await lab.press("Skip the wait");
  await lab.press("Run");
  await lab.finish();
  const link = lab.root.getByRole("link", { name: "Link to this" });
  const address = new URL((await link.getAttribute("href")) ?? "", site.home);
  expect(address.hash).toBe(
    "#amount=1234&meets=closed&fault=before:begin-reversal&fault=after:take-run",
  );
  const told = await lab.story();

  const page = await openPage(site.browser, `${address}`);
  const sent = new LabPage(page);
  await sent.runsAtOnce();
  await sent.press("Run");
  await sent.finish();
  expect(await sent.story()).toEqual(told);
  expect(await sent.rows("The ledger")).toEqual([
    ["t1-debit", "alice", "-12.34"],
    ["t1-reversal", "alice", "12.34"],
  ]);
});

test("a link that leads to nothing is answered in one sentence", async () => {
  for (const [link, problem] of [
    [
      "amount=1&fault=after:write-reversal",
      "a worker does not get to where it is to stop",
    ],
    ["amount=1&fault=x", "there is no point x"],
    ["amount=-1", "amount must be cents, up to 20000"],
  ]) {
    const page = await openPage(site.browser, `${site.home}crash-lab/#${link}`);
    const lab = new LabPage(page);
    const status = lab.root.getByRole("status");
    await page.getByText("The link does not work").waitFor();
    expect(await status.innerText()).toContain(problem);
    await lab.runsAtOnce();
    await lab.press("Run");
    await lab.finish();
    await expectEnd(lab, "committed");
  }
});

test("with the keyboard alone a transfer is crashed and ended, and what happens is read out", async () => {
  const page = await openPage(site.browser, `${site.home}crash-lab/`);
  const lab = new LabPage(page);
  const focused = () =>
    page.evaluate(() => document.activeElement?.textContent?.trim());
  async function pressKey(name: string) {
    for (let tabs = 0; (await focused()) !== name; tabs += 1) {
      expect(tabs, `${name} is not reached`).toBeLessThan(40);
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
  }
  await lab.button("Crash it here").focus();
  await page.keyboard.press("Enter");
  await lab.button("Step").waitFor();
  expect(await focused()).toBe("Run");
  await pressKey("Step");
  await lab.waitsFor("Worker 1 asks to take the transfer");
  await pressKey("Step");
  await lab.waitsFor("Worker 1 asks to begin the debit");
  expect(await focused()).toBe("Step");
  await pressKey("Crash");
  await lab.button("Skip the wait").waitFor();
  expect(await focused()).toBe("Crash");
  await page.keyboard.press("Enter"); // of no use now, and does nothing
  await page.keyboard.press("Shift+Tab");
  while ((await focused()) !== "Skip the wait")
    await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await lab.waitsFor("Worker 2 asks to take the transfer");
  await pressKey("Run");
  await lab.finish();
  await expectEnd(lab, "committed");
  expect(await lab.story()).toContain(
    "Worker 1 is killed before it can begin the debit.",
  );
});

test("that the target rejects is said when it does, and an amount that alice has not is refused", async () => {
  const lab = await openLab(site);
  const amount = lab.root.getByRole("spinbutton");
  for (const wrong of ["500", "0", ""]) {
    await amount.fill(wrong);
    await amount.blur();
    expect(await lab.status()).toBe("The amount is from 0.01 to 200.00.");
    expect(await amount.inputValue()).toBe("50.00");
  }
  await lab.root.locator("select.meets").selectOption("closed");
  await lab.press("Run");
  await lab.finish();
  await expectEnd(lab, "compensated");
  expect(await lab.steps()).toEqual(["done", "rejected", "done"]);
  expect(await lab.story()).toContain(
    "Worker 1 asks to write the credit, which bob's closed account refuses.",
  );
});

test("starting over, even halfway, is back at the order, without the deaths of before", async () => {
  const lab = await openLab(site);
  await lab.press("Step");
  await lab.waitsFor("Worker 1 asks to take the transfer");
  await lab.press("Crash");
  await lab.press("Skip the wait");
  await lab.waitsFor("Worker 2 asks to take the transfer");
  await lab.press("Start over");
  await lab.button("Step").waitFor();
  expect(await lab.rows("On record")).toEqual([]);
  await lab.press("Run");
  await lab.finish();
  await expectEnd(lab, "committed");
  expect(await lab.status()).toContain("with no crash");
});

test("with two labs on a page, neither takes the focus of the other", async () => {
  const page = await openPage(site.browser, `${site.home}failure-modes/`);
  const [one, two] = [new LabPage(page, 0), new LabPage(page, 1)];
  await one.open();
  await two.open();
  // So that the first is still running when the other is used.
  await one.root.locator("select.pace").selectOption("steadily");
  await one.press("Run");
  await two.press("Step");
  await two.waitsFor("Worker 1 asks to take the transfer");
  expect(await one.button("Skip the wait").count()).toBe(0);
  await one.button("Skip the wait").waitFor();
  expect(await two.root.locator(":focus").innerText()).toBe("Step");
});

test("a link that is followed within the page starts over with it", async () => {
  const lab = await openLab(site);
  await lab.press("Step");
  await lab.waitsFor("Worker 1 asks to take the transfer");
  await lab.page.evaluate(() => {
    location.hash = "amount=777";
  });
  await expect.poll(() => lab.status()).toBe("Nothing has begun.");
  await lab.press("Run");
  await lab.finish();
  const [debit] = await lab.rows("The ledger");
  expect(debit).toEqual(["t1-debit", "alice", "-7.77"]);
});

test("a machine that sleeps while a worker waits for its reader takes nothing from that worker", async () => {
  const lab = await openLab(site);
  await lab.page.clock.install();
  await lab.press("Step");
  await lab.press("Step");
  const before = await lab.story();
  await lab.page.clock.fastForward("30:00");
  await lab.page.clock.runFor(5_000);
  expect(await lab.story()).toEqual(before);
  const worker = await lab.root.locator(".workers tbody th").innerText();
  expect(worker).toMatch(/worker 1\s+alive$/);
  await lab.press("Run");
  await lab.button("Ask by the same id again").waitFor();
  await expectEnd(lab, "committed");
  const told = (await lab.story()).join("\n");
  expect(told).not.toMatch(/worker 2|lease|already/);
});
