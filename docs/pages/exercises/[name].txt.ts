import { exercises, startOf } from "../../find-out/exercises.ts";

/** The code that an exercise begins with, for the editor. */
export const getStaticPaths = () =>
  Object.entries(exercises).map(([name, shown]) => ({
    params: { name },
    props: { start: startOf(shown) },
  }));

export const GET = ({ props }: { props: { start: string } }) =>
  new Response(props.start);
