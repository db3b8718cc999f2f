import { exercises } from "../../find-out/exercises.ts";
import { sources } from "../../notebook.ts";

/** The file that an exercise begins with, for the editor. */
export const getStaticPaths = () =>
  exercises.map((name) => ({ params: { name } }));

export const GET = ({ params: { name } }: { params: { name: string } }) =>
  new Response(sources.get(`snippets/exercises/${name}.ts`));
