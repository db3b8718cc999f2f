/**
 * A plugin: links on pages, those of components too, begin at the root of the
 * site, and the site may be served below a folder, `base`. Astro leaves them as
 * they are.
 */
export const baseLinks = (base) => ({
  name: "base-links",
  link(node, context) {
    if (node.url.startsWith("/"))
      context.setProperty(node, "url", base + node.url);
  },
  mdxJsxFlowElement(node, context) {
    const attributes = node.attributes.map((each) =>
      each.name === "href" && `${each.value}`.startsWith("/")
        ? { ...each, value: base + each.value }
        : each,
    );
    // An attribute cannot be set in place.
    if (attributes.some((each, n) => each !== node.attributes[n]))
      context.replaceNode(node, { ...node, attributes });
  },
});
