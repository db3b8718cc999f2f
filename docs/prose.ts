/** A page's text, without its code, its tags and what is imported. */
export function proseOf(text: string): string {
  return text
    .replace(/^import .*$/gm, "")
    .replace(/^```[\s\S]*?^```$/gm, "")
    .replace(/<[A-Z]\w*\b[^>]*\/>/g, "")
    .replace(/\{[^}]*\}/g, "")
    .replace(/\]\([^)]*\)/g, "]");
}

/** How many words a page has to read, without its frontmatter. */
export function countWords(text: string): number {
  const body = proseOf(text.replace(/^---\n[\s\S]*?^---$/m, ""));
  return body.split(/\s+/).filter((word) => /\w/.test(word)).length;
}
