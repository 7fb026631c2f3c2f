/** What was found once for a key. Keys are few; the bound only keeps a hostile caller from filling the memory. */
export class Remembered<T> {
  readonly #found = new Map<string, T>();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  get(key: string, find: (key: string) => T): T {
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    if (this.#found.size >= this.#max) this.#found.clear();
    const found = find(key);
    this.#found.set(key, found);
    return found;
  }
}
