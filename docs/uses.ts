/** What the pages show, read from their text: the tests and lists need it. */

/** The text of each page, by its path. */
export const pages = import.meta.glob<string>(
  "/docs/content/docs/**/*.{md,mdx}",
  { query: "?raw", import: "default", eager: true },
);

/** One `<Snippet>`, `<Output>`, `<Proof>` or `<Default>` of a page. */
export interface Use {
  page: string;
  component: string;
  file?: string;
  region?: string;
  /** What is in the lines that are marked. */
  mark?: string;
  of?: string;
  /** The number of the claim that a proof is for. */
  claim?: string;
  /** The value that a default is said to have. */
  is?: string;
}

export const uses = Object.entries(pages).flatMap(([page, text]) =>
  [
    ...withoutComments(text).matchAll(
      /<(Snippet|Output|Proof|Default)\b([^>]*)>/g,
    ),
  ].map(
    ([, component, attributes]) =>
      ({
        page,
        component,
        ...Object.fromEntries(
          [...(attributes ?? "").matchAll(/(\w+)="([^"]*)"/g)].map(
            ([, name, value]) => [name, value],
          ),
        ),
      }) as Use,
  ),
);

function withoutComments(text: string): string {
  return text.replace(/\{\/\*[\s\S]*?\*\/\}|<!--[\s\S]*?-->/g, "");
}

/** Where a page is on the site, with its title. */
export function placeOf(page: string) {
  const path = page
    .replace("/docs/content/docs/", "/")
    .replace(/(index)?\.mdx?$/, "");
  const [, title = ""] = /^title: (.*)$/m.exec(pages[page] ?? "") ?? [];
  return { href: path.endsWith("/") ? path : `${path}/`, title };
}
