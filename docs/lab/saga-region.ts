import type { Saga } from "#snippets/crash-matrix/transfer-world.ts";
import { sources } from "../notebook.ts";
import { regionsOf } from "../regions.ts";

/** The file of `snippets/` in which a saga stands, and the region there. */
export function sagaRegion(saga: Saga): { file: string; region: string } {
  for (const [path, text] of sources) {
    if (!/^snippets\/(transfer|who-does-what)\//.test(path)) continue;
    for (const [region, { code }] of regionsOf(path, text))
      if (code.includes(`function* ${saga.name}(`))
        return { file: path.replace("snippets/", ""), region };
  }
  throw new Error(`no region has the saga ${saga.name}`);
}
