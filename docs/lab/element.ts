/** What is there before it is asked for: a button, which loads the rest. */
class OnClick extends HTMLElement {
  readonly unopened = [...this.children];
  readonly button = this.querySelector("button") as HTMLElement;
  readonly status = this.querySelector("[role=status]") as HTMLElement;
  readonly words = this.status.textContent;
  busy = false;

  connectedCallback() {
    for (const name of ["Worker", "WebAssembly"])
      if (!(name in globalThis)) {
        this.say(`This browser has no ${name}.`);
        return;
      }
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.load());
    if ("linked" in this.dataset && location.hash.includes("amount="))
      this.load();
  }

  /** A problem, and what shows the same in a terminal. */
  say(problem: string) {
    const { plan, find } = this.dataset;
    const program = find ?? `crash-lab/replay.ts '${plan}'`;
    this.status.textContent = `${problem} In a terminal: npx tsx snippets/${program}`;
  }

  async load() {
    if (this.busy) return;
    this.busy = true;
    const hadFocus = this.contains(document.activeElement);
    this.status.textContent = "Loading …";
    try {
      const { open } = await import("./open.ts");
      await open(this, () => {
        this.replaceChildren(...this.unopened);
        this.status.textContent = this.words;
      });
      const main = this.querySelector<HTMLElement>("button.main");
      if (hadFocus) main?.focus({ preventScroll: true });
    } catch (error) {
      this.say(`It does not load (${error}).`);
    }
    this.busy = false;
  }
}
for (const name of ["crash-lab", "find-out"])
  customElements.define(name, class extends OnClick {});
