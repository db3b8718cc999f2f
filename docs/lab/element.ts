/** The lab before it is asked for: a button, which loads the rest. */
class CrashLab extends HTMLElement {
  connectedCallback() {
    this.querySelector("button")?.addEventListener("click", () => this.load());
    if ("linked" in this.dataset && location.hash.includes("amount="))
      this.load();
  }

  async load() {
    const before = [...this.childNodes];
    this.replaceChildren("Loading …");
    try {
      const { openLab } = await import("./open-lab.ts");
      await openLab(this, () => this.replaceChildren(...before));
    } catch (error) {
      this.replaceChildren(
        `This browser cannot run the lab (${error}). In a terminal, this shows the same: npx tsx snippets/failure-modes/dies-between.ts`,
      );
    }
  }
}
customElements.define("crash-lab", CrashLab);
