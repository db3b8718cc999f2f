import { NTH } from "./game.ts";

// #region asks
const verbs: Record<string, string> = {
  read: "look for",
  make: "write",
  void: "close the key of",
  task: "wait for",
};
const nouns: Record<string, string> = {
  run: "transfer",
  suspend: "end of its pause",
  ...Object.fromEntries(NTH.map((nth) => [nth, `${nth} step`])),
};

/** What a worker calls for: `look for the debit`, for `read-debit`. */
export function asks({ name }: { name: string }): string {
  const [verb = "", noun] = name.replace(/#\d+$/, "").split("-");
  if (noun === undefined) return "look at the account";
  return `${verbs[verb] ?? verb} the ${nouns[noun] ?? noun}`;
}

/** `writes the debit`, for `write the debit`. */
export function inThirdPerson(name: string): string {
  return name.replace(" ", "s ");
}
// #endregion asks
