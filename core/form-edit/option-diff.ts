/** What differs between the options of two versions of a question. Answers are codes, so a code is what makes an option the same. */
import { isSame } from './members.ts';
import type { OptionForEdit } from './option-setting.ts';

export interface OptionDiff {
  readonly added: readonly OptionForEdit[];
  readonly removed: readonly OptionForEdit[];
  /** The same words under another code or system: likely the same option. */
  readonly renamed: readonly OptionPair[];
  /** The same code with other words, score or flags. */
  readonly changed: readonly OptionPair[];
  /** What is in both stands in another order. */
  readonly isReordered: boolean;
}

export interface OptionPair {
  readonly before: OptionForEdit;
  readonly after: OptionForEdit;
}

/** Null where nothing differs. */
export function diffOptions(before: readonly OptionForEdit[], after: readonly OptionForEdit[]): OptionDiff | null {
  const old = new Map(before.map((option) => [keyOf(option), option]));
  const now = new Map(after.map((option) => [keyOf(option), option]));
  const removed = before.filter((option) => !now.has(keyOf(option)));
  const added = after.filter((option) => !old.has(keyOf(option)));
  const renamed = removed.flatMap((option): readonly OptionPair[] => {
    const same = added.filter((each) => isLikely(option, each));
    const rivals = removed.filter((each) => same[0] && isLikely(each, same[0]));
    return same[0] && same.length === 1 && rivals.length === 1 ? [{ before: option, after: same[0] }] : [];
  });
  const changed = after.flatMap((option): readonly OptionPair[] => {
    const known = old.get(keyOf(option));
    return known && !isSame({ ...known, key: '' }, { ...option, key: '' }) ? [{ before: known, after: option }] : [];
  });
  const kept = (options: readonly OptionForEdit[], others: ReadonlyMap<string, unknown>) =>
    options.map(keyOf).filter((key) => others.has(key));
  const isReordered = !isSame(kept(before, now), kept(after, old));
  const isNews = added.length + removed.length + changed.length > 0 || isReordered;
  if (!isNews) return null;
  return {
    added: added.filter((option) => !renamed.some((pair) => pair.after === option)),
    removed: removed.filter((option) => !renamed.some((pair) => pair.before === option)),
    renamed,
    changed,
    isReordered,
  };
}

const keyOf = ({ system, code, display, plain }: OptionForEdit): string => JSON.stringify([system, code || display, plain === true]);

/** The same code in another system, or the same words in a language. */
function isLikely(a: OptionForEdit, b: OptionForEdit): boolean {
  if (a.code !== '' && a.code === b.code) return true;
  if (a.display !== '' && a.display === b.display) return true;
  return a.translations.en !== undefined && a.translations.en === b.translations.en;
}
