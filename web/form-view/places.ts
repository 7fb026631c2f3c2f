/**
 * Which page and which tab is open. Outside React like the store, so that whoever jumps to a field can open what hides it. Nothing of this
 * belongs to the answers.
 */
import type { FieldKey } from './model.ts';

/** What holds the pages of a form that has no group around them. */
export const TOP: FieldKey = '';

export class Places {
  private readonly listeners = new Set<() => void>();
  private readonly open = new Map<FieldKey, FieldKey>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The part that is open in a container, where one was chosen. */
  openIn(container: FieldKey): FieldKey | undefined {
    return this.open.get(container);
  }

  /** Was somebody taken there, in whatever holds it? */
  isShown(part: FieldKey): boolean {
    return [...this.open.values()].includes(part);
  }

  show(container: FieldKey, part: FieldKey): void {
    this.open.set(container, part);
    this.tell();
  }

  /** `way`: the groups around a field, outermost first, and the field. */
  reveal(way: readonly FieldKey[]): void {
    let container = TOP;
    for (const part of way) {
      this.open.set(container, part);
      container = part;
    }
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
