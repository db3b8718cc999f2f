/**
 * The tooltip of a page: what a word means, or the type of a name in code. A
 * pointer brings it, or the focus; the Escape key sends it away.
 */
const about = "[data-card], [data-type]";
const names = "[data-type]";
/** How many pixels of the page are left beside it. */
const MARGIN = 8;

class PageTooltip extends HTMLElement {
  #of?: HTMLElement | undefined;

  connectedCallback(): void {
    const on = document.addEventListener.bind(document);
    on("pointerover", ({ target, pointerType }) => {
      if (pointerType !== "touch" && !this.contains(target as Node))
        this.#show(whatHas(target, about));
    });
    on("pointerdown", ({ target }) => {
      const within = [this, this.#of].some((each) =>
        each?.contains(target as Node),
      );
      if (!within) this.#show();
    });
    on("focusin", ({ target }) => this.#show(whatHas(target, about)));
    on("focusout", () => this.#show());
    on("scroll", () => this.#place(), { capture: true, passive: true });
    on("keydown", (event) => {
      if (event.key === "Escape") this.#show();
      else moveInCode(event);
    });
    on("click", ({ target }) => {
      // A finger cannot point, and a mouse already does.
      const name = whatHas(target, names);
      if (name && matchMedia("(hover: none)").matches) focusOn(name);
    });
    for (const block of document.querySelectorAll(".expressive-code"))
      block.querySelector<HTMLElement>(names)?.setAttribute("tabindex", "0");
  }

  /** Shows what is to be said of an element, or, of none, nothing. */
  async #show(of?: HTMLElement): Promise<void> {
    if (of === this.#of) return;
    this.#of?.removeAttribute("aria-describedby");
    this.#of = of;
    this.hidePopover();
    const said = of && (of.dataset["card"] ?? (await typeOf(of)));
    if (!said || of !== this.#of) return;
    this.textContent = said;
    this.classList.toggle("code", !of.dataset["card"]);
    this.showPopover();
    of.setAttribute("aria-describedby", this.id);
    this.#place();
  }

  /** Below what it is about, or above where there is no room. */
  #place(): void {
    if (!this.#of) return;
    const { left = 0 } = this.#of.getClientRects()[0] ?? {};
    const { top, bottom } = this.#of.getBoundingClientRect(); // of all lines
    const { clientWidth, clientHeight } = document.documentElement;
    const furthest = clientWidth - this.offsetWidth - MARGIN;
    const fits = bottom + this.offsetHeight <= clientHeight;
    this.style.left = `${Math.max(MARGIN, Math.min(left, furthest))}px`;
    this.style.top = `${fits ? bottom : top - this.offsetHeight}px`;
    if (bottom < 0 || top > clientHeight) this.#show(); // scrolled away
  }
}

const typesAt = new Map<string, Promise<string[]>>();

/** The type of a name. Those of its file are loaded with the first of them. */
async function typeOf(name: HTMLElement): Promise<string | undefined> {
  const at = name.closest<HTMLElement>("[data-types]")?.dataset["types"] ?? "";
  const types =
    typesAt.get(at) ?? fetch(at).then((response) => response.json());
  typesAt.set(at, types);
  const known = await types.catch(() => typesAt.delete(at)); // asked anew
  return Array.isArray(known) ? known[Number(name.dataset["type"])] : undefined;
}

function whatHas(target: EventTarget | null, selector: string) {
  const element = target instanceof Element ? target : undefined;
  return element?.closest<HTMLElement>(selector) ?? undefined;
}

/** The Tab key stops at one name of a block; arrows lead to the others. */
function moveInCode(event: KeyboardEvent): void {
  const name = whatHas(event.target, names);
  if (!name) return;
  const all = namesBeside(name).filter((each) => each.checkVisibility());
  const at = all.indexOf(name);
  const next = {
    ArrowRight: all[at + 1],
    ArrowLeft: all[at - 1],
    Home: all[0],
    End: all.at(-1),
  }[event.key];
  if (!next) return;
  event.preventDefault();
  focusOn(next);
}

function focusOn(name: HTMLElement): void {
  for (const each of namesBeside(name)) each.removeAttribute("tabindex");
  name.tabIndex = 0;
  name.focus();
}

const namesBeside = (name: HTMLElement) => [
  ...(name.closest("pre")?.querySelectorAll<HTMLElement>(names) ?? []),
];

customElements.define("page-tooltip", PageTooltip);
