import type { Request } from "@resonatehq/sdk";
import type { Call } from "./wire.ts";

// #region describe
/**
 * What a call means, in a word: its kind, and the step that it is for.
 * A step is known to the server by its number, and to other services by
 * a value that ends with its name, as an operation id does.
 */
export function describe(
  { to, method, args }: Call,
  steps: readonly string[],
  keys = steps,
): string {
  if (to === "server")
    return describeRequest(args[0] as Request, steps);
  const [, ...values] = args;
  const step = keys.find((name) =>
    values.some((it) => typeof it === "string" && it.endsWith(name)),
  );
  const kind = databaseKinds[method] ?? method;
  return step ? `${kind}-${step}` : kind;
}

const databaseKinds: Record<string, string> = {
  run: "write",
  get: "read",
  all: "read",
};

const kinds: Record<string, string> = {
  "task.acquire": "take-run",
  "task.fulfill": "record-result",
  "task.heartbeat": "heartbeat",
};

function describeRequest(request: Request, steps: readonly string[]) {
  if (request.kind !== "task.fence")
    return kinds[request.kind] ?? request.kind.replace(".", "-");
  const { kind, data } = request.data.action;
  const number = data.id.slice(data.id.lastIndexOf(":") + 1);
  const verb = kind === "promise.create" ? "begin" : "record";
  return `${verb}-${steps[Number(number)] ?? number}`;
}
// #endregion describe
