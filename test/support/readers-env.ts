import { delimiter } from "node:path";

/** The environment of a reader, who came here by neither npm nor Vitest. */
export const readersEnv = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_|VITEST|(NODE_ENV|TEST|DEV|PROD|MODE|SSR|BASE_URL)$)/.test(name),
  ),
);
readersEnv["PATH"] = readersEnv["PATH"]
  ?.split(delimiter)
  .filter((entry) => !entry.includes("node_modules"))
  .join(delimiter);
