/**
 * An integration: links in Markdown begin at the root of the site, and the site
 * may be served below a folder. Astro leaves such links as they are.
 */
export const baseLinks = {
  name: "base-links",
  hooks: {
    "astro:config:setup": ({ config }) => {
      const base = config.base.replace(/\/$/, "");
      config.markdown.processor.options.mdastPlugins.push({
        name: "base-links",
        link(node, context) {
          if (node.url.startsWith("/"))
            context.setProperty(node, "url", base + node.url);
        },
      });
    },
  },
};
