import { proof } from "./notebook.ts";
import { placeOf, uses } from "./uses.ts";

/** The pages that show a file, or name one of its tests, by its path. */
const pagesByFile = new Map<string, Set<string>>();
for (const { page, component, file, of = "" } of uses) {
  const path =
    component === "Snippet"
      ? `snippets/${file}`
      : component === "Proof" && (await proof(page, of)).path;
  if (path)
    pagesByFile.set(path, (pagesByFile.get(path) ?? new Set()).add(page));
}

/** Where the notebook speaks of a file; nowhere is an empty list. */
export function shownOn(path: string) {
  return [...(pagesByFile.get(path) ?? [])].map(placeOf);
}
