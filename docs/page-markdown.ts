/** A page of the built site as Markdown: what a reader sees of it, in order. */
import type { Element, Nodes } from "hast";
import { fromHtml } from "hast-util-from-html";
import { matches, select, selectAll } from "hast-util-select";
import { toMdast } from "hast-util-to-mdast";
import { toString as textOf } from "hast-util-to-string";
import type { Code } from "mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { toMarkdown } from "mdast-util-to-markdown";

export interface MarkdownPage {
  title: string;
  description: string;
  markdown: string;
}

/** Throws when the HTML is no page of the notebook. `origin` may be empty. */
export function pageMarkdown(html: string, origin: string): MarkdownPage {
  const page = fromHtml(html);
  const title = textOf(select("h1", page) ?? page);
  const content = select(".sl-markdown-content", page);
  if (!content) throw new Error(`${title}: there is no content`);
  const described = select('meta[name="description"]', page);
  asSeen(content, origin);
  const tree = toMdast(content, { handlers: { pre: (_, pre) => code(pre) } });
  const text = toMarkdown(tree as Parameters<typeof toMarkdown>[0], {
    extensions: [gfmToMarkdown()],
    bullet: "-",
    rule: "-",
  });
  return {
    title,
    description: String(described?.properties["content"] ?? ""),
    markdown: `# ${title}\n\n${text}`,
  };
}

const unseen =
  "script, style, link, template, noscript, [hidden], .sl-anchor-link, .copy";

/** What is for eyes or hands only is left out, or said in words. */
function asSeen(parent: Element, origin: string): void {
  parent.children = parent.children.filter((child) => !matches(unseen, child));
  for (const child of parent.children) {
    if (child.type !== "element" || child.tagName === "pre") continue;
    const { href, role, ariaLabel, dataPage } = child.properties;
    if (typeof href === "string" && href.startsWith("/"))
      child.properties["href"] = origin + href;
    const isInline = child.tagName === "span";
    if (role === "img")
      say(child, isInline ? `${ariaLabel}` : `Drawing: ${ariaLabel}`);
    else if (child.tagName === "crash-lab")
      say(child, `Here the crash lab runs: ${origin}${dataPage}`);
    else asSeen(child, origin);
  }
  spaceApart(parent);
}

function say(element: Element, words: string): void {
  if (element.tagName !== "span") element.tagName = "p";
  element.children = [{ type: "text", value: words }];
}

/** A style sheet sets such neighbours apart, and Markdown has none. */
function spaceApart({ children }: Element): void {
  const inline = /^(a|code|span|strong)$/;
  const stands = (node: Nodes | undefined) =>
    node?.type === "element" && inline.test(node.tagName);
  for (let n = children.length - 1; n > 0; n -= 1)
    if (stands(children[n]) && stands(children[n - 1]))
      children.splice(n, 0, { type: "text", value: " " });
}

/** A block line by line; one with lines put in or taken out is a diff. */
function code(pre: Element): Code {
  const lines = selectAll(".ec-line", pre);
  const is = (line: Element, what: string) =>
    [line.properties.className].flat().includes(what);
  const isDiff = lines.some((line) => is(line, "ins") || is(line, "del"));
  const value = lines.map((line) => {
    // An empty line has a line feed in it, to have a height.
    const text = textOf(select(".code", line) ?? line).replace(/\n$/, "");
    if (!isDiff) return text;
    return (is(line, "ins") ? "+" : is(line, "del") ? "-" : " ") + text;
  });
  const lang = isDiff ? "diff" : String(pre.properties["dataLanguage"]);
  return { type: "code", lang, value: value.join("\n") };
}
