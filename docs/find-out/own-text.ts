/** What a reader has typed, kept in this browser until it is typed anew. */
export class OwnText {
  readonly #key: string;
  #text: string | undefined;

  constructor(key: string) {
    this.#key = key;
    try {
      this.#text = localStorage.getItem(key) ?? undefined;
    } catch {} // a browser may keep nothing
  }

  get(): string | undefined {
    return this.#text;
  }

  set(text: string) {
    this.#text = text;
    try {
      localStorage.setItem(this.#key, text);
    } catch {} // nor have room for it
  }
}
