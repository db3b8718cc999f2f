import { baseLinks } from "./base-links.mjs";
import { foldProofs } from "./fold-proofs.mjs";
import { glossaryCards } from "./glossary-cards.mjs";
import { tableLabels } from "./table-labels.mjs";

/** An integration: what is ours in how Markdown becomes a page. */
export const ourMarkdown = {
  name: "our-markdown",
  hooks: {
    "astro:config:setup": ({ config }) => {
      const { mdastPlugins, hastPlugins } = config.markdown.processor.options;
      const base = config.base.replace(/\/$/, "");
      mdastPlugins.push(baseLinks(base), foldProofs, glossaryCards);
      hastPlugins.push(tableLabels);
    },
  },
};
