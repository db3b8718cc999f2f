import type { SubjectName } from "#snippets/find-out/subjects.ts";

interface Place {
  /** Where the sagas are that lack a guard, each alone. */
  sagas: string;
  /** What the program in the terminal is told. */
  flag: string;
  /** What the search leaves out, besides all of three faults. */
  notTried: string;
}

/** What pages say of each subject of a search. */
export const placeOf: Record<SubjectName, Place> = {
  "one-ledger": {
    sagas: "/crash-lab/saga/",
    flag: "",
    notTried:
      "answers that are lost, and an account that has opened when a late call comes",
  },
  funds: {
    sagas: "/one-ledger/saga/",
    flag: "--funds ",
    notTried: "answers that are lost",
  },
  "in-transit": {
    sagas: "/in-transit/saga/",
    flag: "--in-transit ",
    notTried: "answers that are lost",
  },
  half: {
    sagas: "/in-transit/saga/",
    flag: "--half ",
    notTried: "answers that are lost",
  },
  changed: {
    sagas: "/in-transit/saga/",
    flag: "--changed ",
    notTried: "answers that are lost",
  },
  "two-banks": {
    sagas: "/two-banks/saga/",
    flag: "--two-banks ",
    notTried: "a reversal that the bank refuses",
  },
};
