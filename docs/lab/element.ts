/** The lab before it is asked for: a button, which loads the rest. */
class CrashLab extends HTMLElement {
  readonly unopened = [...this.children];

  connectedCallback() {
    this.querySelector("button")?.addEventListener("click", () => this.load());
    if ("linked" in this.dataset && location.hash.includes("amount="))
      this.load();
  }

  async load() {
    const hadFocus = this.contains(document.activeElement);
    const say = (words: string, button: Element | string = "") => {
      const status = document.createElement("span");
      status.role = "status";
      status.textContent = words;
      this.replaceChildren(button, status);
    };
    const terminal =
      "In a terminal, this shows the same: npx tsx snippets/failure-modes/dies-between.ts";
    for (const name of ["Worker", "WebAssembly"])
      if (!(name in globalThis))
        return say(`This browser has no ${name}. ${terminal}`);
    say("Loading …");
    try {
      const { openLab } = await import("./open-lab.ts");
      await openLab(this, () => this.replaceChildren(...this.unopened));
    } catch (error) {
      const [button] = this.unopened; // to try it again
      say(`The lab does not load (${error}). ${terminal}`, button);
    }
    const first = this.querySelector<HTMLElement>("input, select, button");
    if (hadFocus) first?.focus();
  }
}
customElements.define("crash-lab", CrashLab);
