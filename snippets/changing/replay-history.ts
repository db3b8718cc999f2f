import { type Context, LocalNetwork, Resonate } from "@resonatehq/sdk";
import { watchNetwork } from "../many-machines/watch-network.ts";
import { FAR, hasEnded, keep, said, stepIn } from "./from-record.ts";
import { firstDifference, telling } from "./given.ts";
import type { History, Recorded } from "./history.ts";

export type Saga = (ctx: Context, order: never) => Generator;

// #region replay-history
/**
 * Replays a run through this saga, with what each step has recorded. No
 * leaf is called. Says where the saga is another one than the run's, in
 * a sentence, or nothing. A run that has not ended may go on from its
 * last record as it likes. Tells what each step is given.
 */
export async function replayHistory(
  saga: Saga,
  history: History,
  tell: (id: string, given: string) => void = () => {},
): Promise<string | undefined> {
  const known = history.steps.filter(({ state }) => hasEnded(state));
  const given = new Map<string, string>();
  const asked = new Set<string>();
  const other = Promise.withResolvers<string | undefined>();
  const network = watchNetwork(
    new LocalNetwork(),
    async (request, proceed) => {
      if (request.kind === "task.create")
        // it may be an old one
        request.data.action.data.timeoutAt = FAR;
      const step = stepIn(request);
      if (!step) return proceed();
      asked.add(step.id);
      const is = { ...step, given: given.get(step.id) };
      const was = known.find(({ id }) => id === step.id);
      const difference = was && differs(was, is);
      if (was && !difference) return proceed();
      const isNew = hasEnded(history.state) && !was;
      const what = isNew
        ? `${step.id} is new: ${step.name}`
        : undefined;
      other.resolve(difference ?? what);
      return new Promise(() => {}); // it goes no further
    },
  );
  const resonate = new Resonate({ network, logLevel: "error" });
  for (const step of known) await keep(resonate, step);
  const told = telling(saga, (id, what) => {
    given.set(id, what);
    tell(id, what);
  });
  const end = resonate
    .register(history.name, told as (ctx: Context) => Generator)
    .run(history.id, ...(history.args as []))
    .then(said, said);
  const ended = end.then((now) => {
    const gone = known.find(({ id }) => !asked.has(id));
    if (gone) return `${gone.id} was ${gone.name}, and is gone: ${now}`;
    if (!hasEnded(history.state) || history.value === now)
      return undefined;
    return `it gave ${history.value}, and gives ${now} now`;
  });
  return Promise.race([other.promise, ended]).finally(() =>
    resonate.stop(),
  );
}

function differs(was: Recorded, is: Omit<Recorded, "state">) {
  const { id, name } = was;
  if (name !== is.name)
    return `${id} was ${name}, and is ${is.name} now`;
  if (was.given === undefined) return undefined;
  const found = firstDifference(
    JSON.parse(was.given),
    JSON.parse(is.given ?? "null"),
  );
  return found && `${id}, ${name}: what it is given, ${found}`;
}
// #endregion replay-history
