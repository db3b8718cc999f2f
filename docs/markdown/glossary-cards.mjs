import { readFileSync } from "node:fs";

/**
 * A plugin: a link to a word of the glossary carries what the glossary says of
 * it, for the tooltip to show. Throws on a word that is not there.
 */
export const glossaryCards = {
  name: "glossary-cards",
  link(node, context) {
    const [, word] = /\/glossary\/#(.+)$/.exec(node.url) ?? [];
    if (!word) return;
    const dataCard = meanings().get(word);
    if (!dataCard) throw new Error(`the glossary has no "${word}"`);
    context.setProperty(node, "data", { hProperties: { dataCard } });
  },
};

/** What the glossary says, in plain text, by the anchor of each word. */
function meanings() {
  const glossary = readFileSync("docs/content/docs/glossary.mdx", "utf8");
  const [, ...entries] = glossary.split(/^## /m);
  return new Map(
    entries.map((entry) => {
      const [word = "", ...text] = entry.split("\n");
      const plain = text
        .join(" ")
        .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
        .replace(/[`*]/g, "")
        .replace(/\s+/g, " ");
      return [word.toLowerCase().replaceAll(" ", "-"), plain.trim()];
    }),
  );
}
