/** A page of the built site as Markdown: what a reader sees of it, in order. */
import type { Element, ElementContent, Nodes, Properties, Text } from "hast";
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
  "script, style, link, template, noscript, [hidden], [aria-hidden=true], .sl-anchor-link, .copy";

/** What is for eyes or hands only is left out, or said in words. */
function asSeen(parent: Element, origin: string): void {
  parent.children = parent.children.filter((child) => !matches(unseen, child));
  for (const child of parent.children) {
    if (child.type !== "element" || child.tagName === "pre") continue;
    const { href, dataCard } = child.properties;
    if (typeof href === "string" && href.startsWith("/"))
      child.properties["href"] = origin + href;
    if (matches(".proof", parent) && dataCard)
      child.properties["title"] = `${dataCard}`.replace("\n", ". ");
    const words = inWords(child);
    if (words) {
      child.children = words;
      child.properties = {};
      if (child.tagName !== "span") child.tagName = "div";
    }
    asSeen(child, origin);
  }
  spaceApart(parent);
}

/** What stands for a drawing, for the lab, and for an output that is drawn. */
function inWords(of: Element): ElementContent[] | undefined {
  const { role, ariaLabel, dataPage, dataPrinted } = of.properties;
  if (role === "img")
    return [text(of.tagName === "span" ? ariaLabel : `Drawing: ${ariaLabel}`)];
  if (of.tagName === "find-out") return [];
  if (of.tagName === "crash-lab") {
    const lab = element("a", { href: `${dataPage}` }, text("The crash lab"));
    const said = element("p", {}, lab, text(" runs here."));
    return [said, ...selectAll(".shown", of)];
  }
  if (typeof dataPrinted === "string")
    return [...selectAll("pre", of), element("pre", {}, text(dataPrinted))];
  return undefined;
}

const text = (value: unknown): Text => ({ type: "text", value: `${value}` });

const element = (
  tagName: string,
  properties: Properties,
  ...children: ElementContent[]
): Element => ({ type: "element", tagName, properties, children });

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
  const folds = new Set(selectAll("summary .ec-line", pre)); // "9 more lines"
  const lines = selectAll(".ec-line", pre).filter((line) => !folds.has(line));
  const is = (line: Element, what: string) =>
    [line.properties.className].flat().includes(what);
  const isDiff = lines.some((line) => is(line, "ins") || is(line, "del"));
  const value = lines.map((line) => {
    // An empty line has a line feed in it, to have a height.
    const text = textOf(select(".code", line) ?? line).replace(/\n$/, "");
    if (!isDiff) return text;
    return (is(line, "ins") ? "+" : is(line, "del") ? "-" : " ") + text;
  });
  const lang = isDiff ? "diff" : `${pre.properties["dataLanguage"] ?? "text"}`;
  return { type: "code", lang, value: value.join("\n") || textOf(pre) };
}
