/**
 * A plugin: each cell of a Markdown table carries the head of its column, for a
 * phone, which shows a table row by row. Heads are not searched, as they would
 * run into the cells in what is found.
 */
export const tableLabels = {
  name: "table-labels",
  element: { filter: ["table"], visit: labelCells },
};

function labelCells(table, context) {
  const heads = table.children.find(({ tagName }) => tagName === "thead");
  context.setProperty(heads, "data-pagefind-ignore", "");
  const [head, ...rows] = all(table, "tr").map((row) => all(row, "th", "td"));
  for (const row of rows)
    for (const [column, cell] of row.entries())
      context.setProperty(
        cell,
        "data-label",
        context.textContent(head[column]),
      );
}

/** The elements of these names in a part of the tree, and not in one another. */
function all(node, ...names) {
  return (node.children ?? []).flatMap((child) =>
    names.includes(child.tagName) ? [child] : all(child, ...names),
  );
}
