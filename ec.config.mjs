import { pluginLineNumbers } from "@expressive-code/plugin-line-numbers";
import { speakers } from "./docs/speakers.mjs";

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

/** @type {import("@astrojs/starlight/expressive-code").StarlightExpressiveCodeOptions} */
export default {
  plugins: [pluginLineNumbers(), lineAnchors, speakers],
  defaultProps: {
    showLineNumbers: false,
    overridesByLang: { sh: { frame: "code" } },
  },
};
