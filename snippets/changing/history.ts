import { Codec, type Resonate } from "@resonatehq/sdk";
import { isNotFound } from "../transfer/reconcile/ask-engine.ts";

/** What the engine has of a step, or of a run. */
export interface Recorded {
  id: string;
  /** The function that it called, or what else it was. */
  name: string;
  state: string;
  /** What it gave or threw, as JSON, if it has ended. */
  value?: string;
  /** What the leaf was given, as JSON, if somebody saw it. */
  given?: string | undefined;
}

/** A run, with all that it was given, and its steps in their order. */
export interface History extends Recorded {
  args: unknown[];
  steps: Recorded[];
}

type Promises = Pick<Resonate["promises"], "get">;
type Found = Awaited<ReturnType<Promises["get"]>>;
const codec = new Codec();

// #region history-of
/** What the engine has of the run of this id. Throws if it has none. */
export async function historyOf(
  promises: Promises,
  id: string,
): Promise<History> {
  const run = await promises.get(id);
  const { args = [] } = codec.decode(run.param) ?? {};
  const steps = await below(promises, `${id}:`);
  return { ...recorded(run), args, steps };
}

/** The steps are numbered, and those of a step below its number. */
async function below(promises: Promises, prefix: string) {
  const steps: Recorded[] = [];
  for (let number = 0; ; number += 1) {
    const id = `${prefix}${number}`;
    const step = await promises.get(id).catch((error) => {
      if (!isNotFound(error)) throw error;
    });
    if (!step) return steps;
    steps.push(recorded(step), ...(await below(promises, `${id}.`)));
  }
}

function recorded({ id, state, param, tags, value }: Found): Recorded {
  const name = nameOf({ param, tags });
  if (state === "pending") return { id, name, state };
  return { id, name, state, value: textOf(value.data) };
}
// #endregion history-of

// #region name-of
/** What a step is called, by what it is recorded with. */
export function nameOf({
  param,
  tags,
}: Pick<Found, "param" | "tags">): string {
  const { func } = codec.decode(param) ?? {};
  if (func) return func;
  return tags["resonate:timer"] === "true" ? "a pause" : "a promise";
}

/** A value as JSON, without the stack of an error: it names folders. */
function textOf(data = ""): string {
  const json = Buffer.from(data, "base64").toString();
  const drop = (key: string, it: unknown) =>
    key === "stack" ? undefined : it;
  return json && JSON.stringify(JSON.parse(json, drop));
}

/** And back. */
export const dataOf = (text = "") =>
  Buffer.from(text).toString("base64");
// #endregion name-of
