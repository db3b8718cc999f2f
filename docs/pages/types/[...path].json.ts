/** What the tooltip says of the names in each file of `snippets/`. */
import type { APIContext } from "astro";
import { sources } from "../../notebook.ts";
import { typesIn } from "../../tooltips/types.ts";

export function getStaticPaths() {
  return [...sources]
    .filter(([path]) => path.startsWith("snippets/"))
    .map(([path, text]) => ({ params: { path }, props: { text } }));
}

export function GET({ params: { path = "" }, props }: APIContext) {
  return Response.json(typesIn(path, props["text"]).said);
}
