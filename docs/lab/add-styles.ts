/** Adds what of these styles, by their ids, the page has not yet. */
export function addStyles(styles: Record<string, string>) {
  for (const [id, css] of Object.entries(styles)) {
    if (document.getElementById(id)) continue;
    const style = document.createElement("style");
    style.id = id;
    style.textContent = css;
    document.head.append(style);
  }
}
