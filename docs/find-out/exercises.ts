import { sources } from "../notebook.ts";

/** What the exercises begin with: the flawed sagas, by the names of files. */
export const exercises = [...sources.keys()].flatMap((path) => {
  const [, name] = /^snippets\/exercises\/([\w-]+)\.ts$/.exec(path) ?? [];
  return name && name !== "answer" ? [name] : [];
});
