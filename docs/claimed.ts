import { dependencies } from "../package.json";
import { claims } from "./claims.ts";
import { type Proof, proof } from "./notebook.ts";
import { placeOf, uses } from "./uses.ts";

export interface Claimed {
  number: string;
  claim: string;
  /** The pages that make it, each with the tests that prove it there. */
  pages: { href: string; title: string; proofs: Proof[] }[];
}

/** Each claim, where it is made and what proves it. */
export function claimed(): Promise<Claimed[]> {
  return Promise.all(
    Object.entries(claims).map(async ([number, claim]) => {
      const proving = uses.filter((use) => use.claim === number);
      const byPage = Map.groupBy(proving, ({ page }) => page);
      const pages = [...byPage].map(async ([page, cited]) => ({
        ...placeOf(page),
        proofs: await Promise.all(cited.map(({ of = "" }) => proof(page, of))),
      }));
      return { number, claim, pages: await Promise.all(pages) };
    }),
  );
}

/** The same for a program: a row for each claim, page and test. */
export async function claimRows() {
  const sdk = dependencies["@resonatehq/sdk"];
  return (await claimed()).flatMap(({ number, claim, pages }) =>
    pages.flatMap(({ href, proofs }) =>
      proofs.map(({ title, path, line, command, breaks }) => ({
        number,
        claim,
        page: href,
        test: title,
        file: path,
        line,
        command,
        redWhen: breaks,
        sdk,
      })),
    ),
  );
}
