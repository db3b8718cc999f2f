import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** The one saga that a file exports. Throws unless it exports one. */
export async function sagaIn<Saga>(file: string): Promise<Saga> {
  const found = await import(pathToFileURL(resolve(file)).href);
  const [saga, ...others] = Object.values(found).filter(
    (it) => typeof it === "function",
  );
  if (!saga || others.length)
    throw new Error(`${file} is to export one function, the saga`);
  return saga as Saga;
}
