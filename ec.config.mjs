import { pluginLineNumbers } from "@expressive-code/plugin-line-numbers";

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
  plugins: [pluginLineNumbers(), lineAnchors],
  defaultProps: {
    showLineNumbers: false,
    overridesByLang: { sh: { frame: "code" } },
  },
};
