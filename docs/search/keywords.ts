import { defineRouteMiddleware } from "@astrojs/starlight/route-data";

/** Has a page found by the words that people use and its text does not. */
export const onRequest = defineRouteMiddleware(({ locals }) => {
  const { entry, head } = locals.starlightRoute;
  const content = entry.data.keywords;
  if (content)
    head.push({
      tag: "meta",
      attrs: {
        name: "keywords",
        content,
        "data-pagefind-meta": "keywords[content]",
      },
    });
});
