import { ExpressiveCodeAnnotation } from "@astrojs/starlight/expressive-code";

/** Marks the names that code has types for, for the tooltip to show them. */
export const typedNames = {
  name: "typed-names",
  hooks: {
    annotateCode({ codeBlock }) {
      for (const { line, from, to, type } of codeBlock.props.typed ?? [])
        codeBlock
          .getLine(line)
          ?.addAnnotation(
            new TypedName(type, { columnStart: from, columnEnd: to }),
          );
    },
  },
};

class TypedName extends ExpressiveCodeAnnotation {
  constructor(type, inlineRange) {
    super({ inlineRange });
    this.type = type;
  }

  render({ nodesToTransform }) {
    for (const node of nodesToTransform)
      node.properties.dataType = `${this.type}`; // it has a colour: an element
    return nodesToTransform;
  }
}
