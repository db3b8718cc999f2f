import { sources } from "../notebook.ts";
import { regionsOf } from "../regions.ts";

const places =
  /^snippets\/(transfer|who-does-what|one-ledger|in-transit|two-banks\/flawed)\//;

/** The file of `snippets/` in which a function stands, and the region there. */
export function regionOf({ name }: { name: string }): {
  file: string;
  region: string;
} {
  const head = new RegExp(`function\\*? ${name}\\(`);
  for (const [path, text] of sources) {
    if (!places.test(path)) continue;
    for (const [region, { code }] of regionsOf(path, text))
      if (head.test(code))
        return { file: path.replace("snippets/", ""), region };
  }
  throw new Error(`no region has the function ${name}`);
}
