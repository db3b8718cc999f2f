import { dependencies } from "../package.json";
import crashMatrix from "../test/outputs/crash-matrix.json";
import twoBanks from "../test/outputs/two-banks.json";

/** The SDK that everything here was run with. */
export const sdk = `@resonatehq/sdk ${dependencies["@resonatehq/sdk"]}`;

/** What the last run of each crash matrix found, in words, and where. */
export const lastRun = [
  { name: "one ledger", href: "/crash-matrix/", found: inWords(crashMatrix) },
  { name: "two banks", href: "/two-banks/how/", found: inWords(twoBanks) },
];

function inWords(run: { points: number; pairs: number; violations: number }) {
  const [points, pairs, violations] = [
    run.points,
    run.pairs,
    run.violations,
  ].map((figure) => figure.toLocaleString("en"));
  return `${points} crash points, ${pairs} pairs, ${violations} violations`;
}
