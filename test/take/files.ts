import { builtinModules } from "node:module";
import { dirname, join } from "node:path";

/** What a file imports: of its own project, and packages. */
function importsOf(path: string, text: string) {
  const names = [
    ...text.matchAll(/^(?:import|export)\b(?:[^;"]*?from )?\s*"([^"]+)"/gm),
  ].map(([, name = ""]) => name);
  const own = names.flatMap((name) => {
    if (name.startsWith("#")) return [name.replace("#", "")];
    return name.startsWith(".") ? [join(dirname(path), name)] : [];
  });
  const packages = names
    .filter((name) => /^[@a-z]/.test(name) && !name.startsWith("node:"))
    .map((name) =>
      name
        .split("/")
        .slice(0, name[0] === "@" ? 2 : 1)
        .join("/"),
    )
    .filter((name) => !builtinModules.includes(name));
  return { own, packages };
}

/** These files and all that they import, and the packages of each. */
export function closureOf(first: string[], read: (path: string) => string) {
  const found = new Map<string, string[]>();
  const visit = (path: string) => {
    if (found.has(path)) return;
    const { own, packages } = importsOf(path, read(path));
    found.set(path, packages);
    own.forEach(visit);
  };
  first.forEach(visit);
  return found;
}
