import { Codec, type Context, Resonate } from "@resonatehq/sdk";
import { expect, onTestFinished, test, vi } from "vitest";
import { silence } from "#snippets/crash/silence.ts";
import { startDevServer } from "#snippets/support/dev-server.ts";
import { client, replay } from "../support/client.ts";

test("register returns a handle that runs the function, and does nothing else yet", async () => {
  const resonate = client();
  const double = vi.fn(async (_ctx: Context, n: number) => 2 * n);
  const handle = resonate.register("double", double);
  expect(Object.keys(handle).sort()).toEqual(
    ["beginRpc", "beginRun", "options", "rpc", "run"].sort(),
  );
  expect(double).not.toHaveBeenCalled();
  expect(await handle.run("a", 2)).toBe(4);
  expect(await (await handle.beginRun("b", 3)).result()).toBe(6);
  expect(await handle.rpc("c", 4)).toBe(8);
  expect(await (await handle.beginRpc("d", 5)).result()).toBe(10);
});

test("the options() of a handle throws, and that of the client does not", () => {
  const resonate = client();
  const handle = resonate.register("nothing", async () => {});
  expect(() => handle.options({ timeout: 1 })).toThrow(TypeError);
  expect(resonate.options({ timeout: 1 }).timeout).toBe(1);
});

test("a run is asked for by the registered name, and the function's own name is unknown", async () => {
  const resonate = client();
  async function onePercent(_ctx: Context, amountCents: number) {
    return amountCents / 100;
  }
  resonate.register("fee", onePercent);
  expect(await resonate.run("a", "fee", 50_00)).toBe(50);
  expect(await resonate.run("b", onePercent, 50_00)).toBe(50);
  await expect(resonate.run("c", "onePercent", 50_00)).rejects.toThrow(
    "Function 'onePercent' is not registered",
  );
  const { param } = await resonate.promises.get("b");
  expect(JSON.parse(atob(param.data ?? "")).func).toBe("fee");
});

test("a function that is registered without a name gets its own, and one that has none is refused", async () => {
  const resonate = client();
  resonate.register(async function onePercent() {
    return 1;
  });
  expect(await resonate.run("a", "onePercent")).toBe(1);
  expect(() => resonate.register(async () => {})).toThrow(
    "Function name is required",
  );
});

test("a name that is taken is refused, and so is a second name for one function", () => {
  const resonate = client();
  async function onePercent() {}
  resonate.register("fee", onePercent);
  expect(() => resonate.register("fee", async () => {})).toThrow(
    "Function 'fee' (version 1) is already registered",
  );
  expect(() => resonate.register("charge", onePercent)).toThrow(
    "is already registered under 'fee'",
  );
});

test("run of a name that this client has not registered is refused, and nothing is recorded", async () => {
  const resonate = client();
  await expect(resonate.run("a", "nobody")).rejects.toThrow(
    "Function 'nobody' is not registered",
  );
  await expect(resonate.promises.get("a")).rejects.toThrow("not found");
});

test("rpc of a name that no worker has is offered over and over, until a worker registers it", async () => {
  const error = vi.fn();
  const resonate = new Resonate({ logger: { ...silence, error } });
  onTestFinished(() => resonate.stop());
  const answer = resonate.rpc("a", "double", 2);
  await vi.waitFor(() => expect(error.mock.calls.length).toBeGreaterThan(20));
  expect(error).toHaveBeenCalledWith(
    expect.anything(),
    expect.stringContaining("Function 'double' (version 1) is not registered"),
  );
  expect((await resonate.promises.get("a")).state).toBe("pending");
  resonate.register("double", async (_ctx: Context, n: number) => 2 * n);
  expect(await answer).toBe(4);
});

test("an id that is running or has ended is joined: one call, one answer, and the other arguments are ignored", async () => {
  const resonate = client();
  const opened = Promise.withResolvers<void>();
  const double = vi.fn(async (_ctx: Context, n: number) => {
    await opened.promise;
    return 2 * n;
  });
  const doubles = resonate.register("double", double);
  const first = doubles.run("a", 2);
  await vi.waitFor(() => expect(double).toHaveBeenCalled());
  const joined = doubles.run("a", 50);
  opened.resolve();
  expect(await Promise.all([first, joined])).toEqual([4, 4]);
  expect(await doubles.run("a", 70)).toBe(4);
  expect(double).toHaveBeenCalledOnce();
});

test("an id stands for its first run, even when another function is asked for", async () => {
  const resonate = client();
  const other = vi.fn(async () => "other");
  resonate.register("other", other);
  resonate.register("first", async () => "first");
  expect(await resonate.run("a", "first")).toBe("first");
  expect(await resonate.run("a", "other")).toBe("first");
  expect(other).not.toHaveBeenCalled();
});

test("rpc goes to the group default unless target names another, even from a client that is in that other group", async () => {
  const { url, stop } = await startDevServer();
  onTestFinished(stop); // in memory, a client takes what any group is offered
  const resonate = new Resonate({ url, group: "tellers", logger: silence });
  onTestFinished(() => resonate.stop());
  const double = vi.fn(async (_ctx: Context, n: number) => 2 * n);
  const doubles = resonate.register("double", double);
  const address = async (id: string) =>
    (await resonate.promises.get(id)).tags["resonate:target"];

  await doubles.beginRpc("a", 2);
  expect(await address("a")).toMatch(/@default(\/|$)/);
  const named = resonate.options({ target: "tellers" });
  expect(await doubles.rpc("b", 3, named)).toBe(6);
  expect(await address("b")).toMatch(/@tellers(\/|$)/);
  expect((await resonate.promises.get("a")).state).toBe("pending");
  expect(double).toHaveBeenCalledOnce();
});

test("one name is accepted with two versions, and a run in flight is finished by the version it began with", async () => {
  const resonate = client();
  const begun = vi.fn();
  const old = function* (ctx: Context) {
    begun();
    yield* ctx.promise();
    return "old";
  };
  const oldFees = resonate.register("fee", old, { version: 1 });
  const answer = oldFees.run("a");
  await vi.waitFor(() => resonate.promises.get("a:0"));
  const fees = resonate.register("fee", async () => "new", { version: 2 });
  expect(await fees.run("b")).toBe("new");
  await replay(resonate, "a:0");
  expect(await answer).toBe("old");
  expect(begun).toHaveBeenCalledTimes(2);
  const latest = await resonate.run("c", "fee");
  expect(latest).toBe("new");
});

test("a handle runs the version that it was registered with, and a name the latest of its process", async () => {
  const resonate = client();
  const one = resonate.register("fee", async () => "one", { version: 1 });
  const two = resonate.register("fee", async () => "two", { version: 2 });
  expect(await one.run("a")).toBe("one");
  expect(await two.run("b")).toBe("two");
  expect(await resonate.run("c", "fee")).toBe("two");
});

test("a client that has not registered a name asks for its version 1, whatever its workers have, unless it says another", async () => {
  const resonate = client();
  const asked = async (id: string, version?: number) => {
    const options = resonate.options(version ? { version } : {});
    resonate.rpc(id, "fee", options).catch(() => {}); // nobody answers it
    const { param } = await vi.waitFor(() => resonate.promises.get(id));
    return new Codec().decode(param).version;
  };
  expect(await asked("a")).toBe(1);
  expect(await asked("b", 2)).toBe(2);
});
