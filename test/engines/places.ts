/**
 * Where the proofs of the sagas run besides in process, and what names each:
 * the dev server is always there.
 */
export const places = [
  { name: "dev server", variable: undefined },
  { name: "Resonate server", variable: "RESONATE_URL" },
  { name: "Postgres alone", variable: "DATABASE_URL" },
] as const;
type Place = (typeof places)[number];

/** Vitest's project for it. */
export const projectOf = ({ name }: Place) => `on ${name}`;

/** Where it is, for `inject("place")`; undefined if nothing names it. */
export const addressOf = ({ name, variable }: Place): string | undefined =>
  variable ? process.env[variable] || undefined : name;
