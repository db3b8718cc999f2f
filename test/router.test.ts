import { LocalNetwork, type Message } from "@resonatehq/sdk";
import { expect, test, vi } from "vitest";
import { Router } from "#snippets/support/router.ts";

const head = { corrId: "1", version: "1" };

/** A store with a router, and who heard of what. */
function openStore() {
  const store = new LocalNetwork();
  const router = new Router(store);
  const heard: string[] = [];
  const deliver = (pid: string) => (message: Message) =>
    void heard.push(
      message.kind === "execute"
        ? `${pid}: ${message.data.task.id}`
        : `${pid}: ${message.data.promise.id} has ended`,
    );
  return {
    store,
    router,
    heard,
    join: (pid: string, group = "group") =>
      router.join(group, pid, deliver(pid)),
    async create(id: string, target: unknown) {
      const tags = { "resonate:target": target as string };
      const timeoutAt = Date.now() + 60_000;
      const data = { id, timeoutAt, param: {}, tags };
      await store.send({ kind: "promise.create", head, data });
      await new Promise((done) => setTimeout(done, 5)); // sent by a timer
    },
  };
}

test("of the workers of a group each gets a task in turn, and one that a task prefers gets it first", async () => {
  const { heard, join, create } = openStore();
  for (const pid of ["a", "b", "c"]) join(pid);
  for (const id of ["1", "2", "3", "4"]) await create(id, "poll://any@group");
  await create("5", "poll://any@group/a");
  expect(heard).toEqual(["a: 1", "b: 2", "c: 3", "a: 4", "a: 5"]);
  await create("6", "poll://any@group");
  expect(heard.at(-1)).toBe("b: 6");
  await create("7", "poll://any@group/gone");
  expect(heard.at(-1)).toBe("c: 7");
});

test("a task waits for a worker of its group, and goes to none of another, nor to one that has left", async () => {
  const { heard, join, create } = openStore();
  const leave = join("a");
  join("other", "others");
  leave();
  await create("1", "poll://any@group");
  await create("2", 7); // nobody can be meant
  expect(heard).toEqual([]);
  join("b");
  await vi.waitFor(() => expect(heard).toEqual(["b: 1"]));
  const first = join("c");
  join("c"); // it is back, before its old stream was seen to end
  first();
  await create("3", "poll://uni@group/c");
  expect(heard.at(-1)).toBe("c: 3");
});

test("a task that a worker was sent, and did not take before it left, goes to another worker", async () => {
  const { router, heard, join, create } = openStore();
  const leave = join("a");
  await create("1", "poll://any@group");
  await create("2", "poll://any@group");
  const data = { id: "1", version: 1, pid: "a", ttl: 60_000 };
  router.note({ kind: "task.acquire", head, data });
  expect(heard).toEqual(["a: 1", "a: 2"]);
  join("b");
  leave();
  await vi.waitFor(() => expect(heard.at(-1)).toBe("b: 2"));
  expect(heard).toHaveLength(3); // the lease of 1 says when it is free again
});

test("that a run has ended goes to each who listens, once", async () => {
  const { store, router, heard, join, create } = openStore();
  join("a");
  await create("1", "poll://any@group");
  for (const client of ["one", "other"]) {
    join(client, client);
    const address = `poll://uni@${client}/${client}`;
    const listen = {
      kind: "promise.register_listener" as const,
      head,
      data: { awaited: "1", address },
    };
    router.note(listen);
    await store.send(listen);
  }
  const data = { id: "1", state: "resolved" as const, value: {} };
  await store.send({ kind: "promise.settle", head, data });
  await vi.waitFor(() => expect(heard.length).toBeGreaterThan(2));
  await new Promise((done) => setTimeout(done, 5)); // all are sent by a timer
  const ended = ["one: 1 has ended", "other: 1 has ended"];
  expect(heard).toEqual(["a: 1", ...ended]);
});
