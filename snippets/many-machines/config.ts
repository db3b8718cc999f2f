import * as v from "valibot";

const given = (form: RegExp, what: string) =>
  v.pipe(v.optional(v.string(), ""), v.regex(form, what));
const whole = v.pipe(
  v.string(),
  v.regex(/^\d+$/, "takes a whole number"),
  v.transform(Number),
);

// #region config
/** What a worker, or a front, is told by its environment. */
const Config = v.object({
  RESONATE_URL: v.pipe(
    given(
      /^(https?|postgres(ql)?):\/\/./,
      "takes the address of a Resonate server, http://…",
    ),
    // With one at the end it would hear nothing.
    v.transform((url) => url.replace(/\/+$/, "")),
  ),
  LEDGER_URL: given(
    /^postgres(ql)?:\/\/.|\.db$/,
    "takes the address of a Postgres, or a file that ends in .db",
  ),
  LEDGER_ID: given(/./, "takes the id of the ledger: see its table"),
  GROUP: v.optional(v.string(), "transfers"),
  /** How long it may be silent before others take its work. */
  LEASE_MS: v.optional(whole, "10000"),
  /** How long it may go on with what it holds when told to stop. */
  STOP_MS: v.optional(whole, "5000"),
  /** Where it says that it is well; port 0 is any free one. */
  HEALTH_HOST: v.optional(v.string(), "127.0.0.1"),
  HEALTH_PORT: v.optional(whole, "0"),
  /** Where a front takes orders. */
  FRONT_HOST: v.optional(v.string(), "127.0.0.1"),
  FRONT_PORT: v.optional(whole, "8080"),
});
export type Config = v.InferOutput<typeof Config>;

/** Throws one error, with each variable that is missing or wrong. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const { success, output, issues } = v.safeParse(Config, env);
  if (success) return output;
  const lines = issues.map(
    ({ path, message }) => `${path?.[0]?.key} ${message}`,
  );
  throw new Error(lines.join("; "));
}
// #endregion config
