import {
  defineRouteMiddleware,
  type StarlightRouteData,
} from "@astrojs/starlight/route-data";
import { cardSays, cardSize } from "./card.ts";
import { onSite } from "./notebook.ts";

type Head = StarlightRouteData["head"];

/** Completes what Starlight says of each page in its head. */
export const onRequest = defineRouteMiddleware(({ locals, site }) => {
  const route = locals.starlightRoute;
  const { id, entry, siteTitle } = route;
  if (entry.data.title === siteTitle)
    for (const tag of route.head)
      if (tag.tag === "title") tag.content = siteTitle; // and not twice
  if (entry.body && id !== "404")
    route.head.push(link("alternate", `/${id || "index"}.md`, "text/markdown"));
  route.head.push(link("apple-touch-icon", "/apple-touch-icon.png"));
  // The colour of the header.
  route.head.push(
    meta("theme-color", "#f6f7f9", light),
    meta("theme-color", "#23262f", dark),
  );
  route.head = picture(route.head, site);
});

const light = { media: "(prefers-color-scheme: light)" };
const dark = { media: "(prefers-color-scheme: dark)" };

/** A picture has an absolute address, and without one it is a small card. */
export function picture(head: Head, site: URL | undefined): Head {
  const others = head.filter(({ attrs }) => attrs?.["name"] !== "twitter:card");
  if (!site) return [...others, meta("twitter:card", "summary")];
  return [
    ...others,
    meta("twitter:card", "summary_large_image"),
    property("og:image", new URL(onSite("/card.png"), site).href),
    property("og:image:width", `${cardSize.width}`),
    property("og:image:height", `${cardSize.height}`),
    property("og:image:alt", cardSays),
  ];
}

const meta = (name: string, content: string, more = {}): Head[number] => ({
  tag: "meta",
  attrs: { name, content, ...more },
  content: "",
});

const property = (property: string, content: string): Head[number] => ({
  tag: "meta",
  attrs: { property, content },
  content: "",
});

const link = (rel: string, path: string, type?: string): Head[number] => ({
  tag: "link",
  attrs: { rel, href: onSite(path), type },
  content: "",
});
