/**
 * Stands in for the interface of the search, which Starlight would load with
 * each page, whether or not anybody searches.
 */
export class PagefindUI {
  /** Loads the real one, with these options, once the search is open. */
  constructor(options: { element: string }) {
    const place = document.querySelector(options.element);
    const dialog = place?.closest("dialog");
    if (!place || !dialog) return;
    let asked = false;
    const load = async () => {
      if (asked || !dialog.open) return;
      asked = true;
      place.textContent = "Loading the search…";
      try {
        const { PagefindUI } = await import(
          // @ts-expect-error: it has no types.
          "@pagefind/default-ui/npm_dist/mjs/ui-core.mjs"
        );
        place.textContent = "";
        new PagefindUI(options);
        place.querySelector("input")?.focus();
      } catch {
        asked = false;
        place.textContent = "The search did not load. Open it again to retry.";
      }
    };
    new MutationObserver(load).observe(dialog, { attributeFilter: ["open"] });
    load(); // it may have been opened before the page was at rest
  }
}
