/** Copies the page as Markdown. Hidden where a page may not copy. */
class CopyPage extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    const said = this.querySelector("span");
    if (!("clipboard" in navigator)) this.hidden = true;
    button?.addEventListener("click", async () => {
      const copied = await this.#copy().then(
        () => "Copied",
        () => "Not copied: try again",
      );
      if (said) said.textContent = copied;
    });
  }

  /** The text is promised, since a browser lets only the click itself copy. */
  #copy(): Promise<void> {
    const text = fetch(this.dataset["markdown"] ?? "").then((response) => {
      if (!response.ok) throw new Error(response.statusText);
      return response.blob();
    });
    const plain = text.then((blob) => new Blob([blob], { type: "text/plain" }));
    return navigator.clipboard.write([
      new ClipboardItem({ "text/plain": plain }),
    ]);
  }
}

customElements.define("copy-page", CopyPage);
