import {
  pluginCollapsibleSections,
  pluginCollapsibleSectionsTexts,
} from "@expressive-code/plugin-collapsible-sections";
import { pluginLineNumbers } from "@expressive-code/plugin-line-numbers";
import sql from "shiki/langs/sql.mjs";
import typescript from "shiki/langs/typescript.mjs";
import { speakers } from "./docs/speakers.mjs";
import { sqlInStrings } from "./docs/sql-in-strings.mjs";
import { typedNames } from "./docs/tooltips/typed-names.mjs";

/** Gives each numbered line an id, so that a link can lead to it. */
const lineAnchors = {
  name: "line-anchors",
  hooks: {
    postprocessRenderedLine({ codeBlock, lineIndex, renderData }) {
      if (codeBlock.props.showLineNumbers)
        renderData.lineAst.properties.id = `L${lineIndex + 1}`;
    },
  },
};

/** Has part of a file, when it is copied, say which file it is of. */
const copiedFrom = {
  name: "copied-from",
  hooks: {
    postprocessRenderedBlock({ codeBlock, renderData }) {
      const from = codeBlock.props.copiedFrom;
      if (!from) return;
      const has = (name) => (node) =>
        node.properties?.className?.includes(name);
      const copy = renderData.blockAst.children.find(has("copy"));
      const { properties } = copy.children.at(-1);
      // The button has DEL where lines end.
      properties.dataCode = `// ${from}\x7f${properties.dataCode}`;
    },
  },
};

pluginCollapsibleSectionsTexts.overrideTexts(undefined, {
  collapsedLines: "{lineCount} more {lineCount;1=line;lines}",
});

/** @type {import("@astrojs/starlight/expressive-code").StarlightExpressiveCodeOptions} */
export default {
  // What is loaded later would not hear of the strings.
  shiki: { langs: [sql, sqlInStrings, typescript] },
  plugins: [
    pluginLineNumbers(),
    lineAnchors,
    pluginCollapsibleSections(),
    copiedFrom,
    speakers,
    typedNames,
  ],
  styleOverrides: {
    collapsibleSections: {
      closedBackgroundColor: "var(--sl-color-accent-low)",
    },
  },
  defaultProps: {
    showLineNumbers: false,
    overridesByLang: { sh: { frame: "code" } },
  },
};
