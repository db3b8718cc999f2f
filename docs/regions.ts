/** Lines of a file, as a page shows them. */
export interface Excerpt {
  path: string;
  firstLine: number;
  lastLine: number;
  /** Without the marks of regions, and indented no more than it needs. */
  code: string;
  /** Where in the file its lines are, by number, and by how much less indented. */
  lines: number[];
  indent: number;
}

const MARK = /^\s*\/\/ #(region|endregion)\b\s*(.*)$/;

/** Lines `firstLine` to `lastLine` of a text, counted from 1. */
export function excerpt(
  path: string,
  text: string,
  firstLine = 1,
  lastLine = text.trimEnd().split("\n").length,
): Excerpt {
  const shown = text
    .split("\n")
    .map((content, index) => ({ content, number: index + 1 }))
    .slice(firstLine - 1, lastLine)
    .filter(({ content }) => !MARK.test(content));
  const indents = shown
    .filter(({ content }) => content !== "")
    .map(({ content }) => content.search(/\S/));
  const indent = Math.min(...indents);
  const code = shown.map(({ content }) => content.slice(indent)).join("\n");
  const lines = shown.map(({ number }) => number);
  return { path, firstLine, lastLine, code: code.trimEnd(), lines, indent };
}

/**
 * What stands between `// #region name` and `// #endregion name`, by name.
 * Throws on a mark without its counterpart, and on a name that is there twice.
 */
export function regionsOf(path: string, text: string): Map<string, Excerpt> {
  const regions = new Map<string, Excerpt>();
  const open: { name: string; line: number }[] = [];
  for (const [index, content] of text.split("\n").entries()) {
    const [, mark, name = ""] = MARK.exec(content) ?? [];
    const line = index + 1;
    if (mark === "region") {
      if (regions.has(name) || open.some((other) => other.name === name))
        throw new Error(`${path}:${line}: region "${name}" is there twice`);
      open.push({ name, line });
    } else if (mark === "endregion") {
      const begin = open.pop();
      if (begin?.name !== name)
        throw new Error(`${path}:${line}: "${name}" is not the open region`);
      regions.set(name, excerpt(path, text, begin.line + 1, line - 1));
    }
  }
  for (const { name, line } of open)
    throw new Error(`${path}:${line}: region "${name}" is never closed`);
  return regions;
}
