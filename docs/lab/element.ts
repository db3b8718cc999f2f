/** The lab before it is asked for: a button, which loads the rest. */
class CrashLab extends HTMLElement {
  connectedCallback() {
    this.querySelector("button")?.addEventListener("click", () => this.load());
    if ("linked" in this.dataset && location.hash.includes("amount="))
      this.load();
  }

  async load() {
    const words = this.querySelector("span");
    try {
      if (words) words.textContent = "Loading …";
      const { openLab } = await import("./open-lab.ts");
      await openLab(this);
    } catch (error) {
      if (words)
        words.textContent = `This browser cannot run the lab: ${error}. The programs on Failure modes show the same in a terminal.`;
    }
  }
}
customElements.define("crash-lab", CrashLab);
