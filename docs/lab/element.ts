const terminal =
  "In a terminal, this shows the same: npx tsx snippets/failure-modes/dies-between.ts";

/** The lab before it is asked for: a button, which loads the rest. */
class CrashLab extends HTMLElement {
  readonly unopened = [...this.children];
  readonly button = this.querySelector("button") as HTMLElement;
  readonly status = this.querySelector("[role=status]") as HTMLElement;
  readonly words = this.status.textContent;

  connectedCallback() {
    for (const name of ["Worker", "WebAssembly"])
      if (!(name in globalThis)) {
        this.status.textContent = `This browser has no ${name}. ${terminal}`;
        return;
      }
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.load());
    if ("linked" in this.dataset && location.hash.includes("amount="))
      this.load();
  }

  async load() {
    if ("loading" in this.dataset) return;
    this.dataset["loading"] = "";
    const hadFocus = this.contains(document.activeElement);
    this.status.textContent = "Loading …";
    try {
      const { openLab } = await import("./open-lab.ts");
      await openLab(this, () => {
        this.replaceChildren(...this.unopened);
        this.status.textContent = this.words;
      });
      const main = this.querySelector<HTMLElement>("button.main");
      if (hadFocus) main?.focus({ preventScroll: true });
    } catch (error) {
      this.status.textContent = `The lab does not load (${error}). ${terminal}`;
    }
    delete this.dataset["loading"];
  }
}
customElements.define("crash-lab", CrashLab);
