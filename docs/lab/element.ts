/** Fills an element. Tells when the reader has left the page. */
type Open = (element: HTMLElement, closed: () => void) => Promise<void>;

/** What is there before it is asked for: a button, which loads the rest. */
abstract class OnClick extends HTMLElement {
  readonly unopened = [...this.children];
  readonly button = this.querySelector("button") as HTMLElement;
  readonly status = this.querySelector("[role=status]") as HTMLElement;
  readonly words = this.status.textContent;

  abstract load(): Promise<Open>;
  /** Whether it opens by itself. */
  isAsked = () => false;

  connectedCallback() {
    for (const name of ["Worker", "WebAssembly"])
      if (!(name in globalThis)) {
        this.say(`This browser has no ${name}.`);
        return;
      }
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.open());
    if (this.isAsked()) this.open();
  }

  /** A problem, and what shows the same in a terminal. */
  say(problem: string) {
    const { terminal } = this.dataset;
    this.status.textContent = `${problem} In a terminal, this shows the same: ${terminal}`;
  }

  async open() {
    if ("loading" in this.dataset) return;
    this.dataset["loading"] = "";
    const hadFocus = this.contains(document.activeElement);
    this.status.textContent = "Loading …";
    try {
      const open = await this.load();
      await open(this, () => {
        this.replaceChildren(...this.unopened);
        this.status.textContent = this.words;
      });
      const main = this.querySelector<HTMLElement>("button.main");
      if (hadFocus) main?.focus({ preventScroll: true });
    } catch (error) {
      this.say(`It does not load (${error}).`);
    }
    delete this.dataset["loading"];
  }
}

/** The lab. A link may open it. */
class CrashLab extends OnClick {
  override isAsked = () =>
    "linked" in this.dataset && location.hash.includes("amount=");
  load = async () => (await import("./open-lab.ts")).openLab;
}
customElements.define("crash-lab", CrashLab);

/** The search for what a guard is good for. */
class FindOut extends OnClick {
  load = async () => (await import("../find-out/open-find-out.ts")).openFindOut;
}
customElements.define("find-out", FindOut);
