/** A plugin: proofs that follow one another are folded into one line. */
export const foldProofs = {
  name: "fold-proofs",
  before(root, context) {
    const children = [];
    for (const node of root.children) {
      const last = children.at(-1);
      if (Array.isArray(last) && isProof(node)) last.push(node);
      else children.push(isProof(node) ? [node] : node);
    }
    const folded = children.map((each) =>
      Array.isArray(each) ? fold(each) : each,
    );
    context.setProperty(root, "children", folded);
  },
};

const isProof = ({ name }) => name === "Proof";

function fold(proofs) {
  if (proofs.length === 1) return proofs[0];
  const said = [{ type: "text", value: `${proofs.length} proofs` }];
  const attribute = { type: "mdxJsxAttribute", name: "class", value: "proofs" };
  return element(
    "details",
    [attribute],
    [element("summary", [], said), ...proofs],
  );
}

function element(name, attributes, children) {
  return { type: "mdxJsxFlowElement", name, attributes, children };
}
