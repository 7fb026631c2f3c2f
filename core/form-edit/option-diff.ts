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
  const renamed = renamedAmong(removed, added);
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
    added: without(added, new Set(renamed.map((pair) => pair.after))),
    removed: without(removed, new Set(renamed.map((pair) => pair.before))),
    renamed,
    changed,
    isReordered,
  };
}

const keyOf = ({ system, code, display, plain }: OptionForEdit): string => JSON.stringify([system, code || display, plain === true]);

const without = (options: readonly OptionForEdit[], others: ReadonlySet<OptionForEdit>): readonly OptionForEdit[] =>
  options.filter((option) => !others.has(option));

/** Pairs without a doubt: of all that an option could have become there is one, and of all that this could have been. */
function renamedAmong(removed: readonly OptionForEdit[], added: readonly OptionForEdit[]): readonly OptionPair[] {
  const [old, now] = [bySigns(removed), bySigns(added)];
  return removed.flatMap((before): readonly OptionPair[] => {
    const after = onlyIn(now, before);
    return after && onlyIn(old, after) === before ? [{ before, after }] : [];
  });
}

type Signs = ReadonlyMap<string, readonly OptionForEdit[]>;

/** Of several with one sign two: more say nothing more. */
function bySigns(options: readonly OptionForEdit[]): Signs {
  const found = new Map<string, OptionForEdit[]>();
  for (const option of options) {
    for (const sign of signsOf(option)) {
      const known = found.get(sign);
      if (!known) found.set(sign, [option]);
      else if (known.length < 2) known.push(option);
    }
  }
  return found;
}

function onlyIn(signs: Signs, option: OptionForEdit): OptionForEdit | null {
  const [only, ...others] = new Set(signsOf(option).flatMap((sign) => signs.get(sign) ?? []));
  return only && others.length === 0 ? only : null;
}

/** Options are likely the same that have one in common: the same code in another system, or the same words in a language. */
function signsOf({ code, display, translations: { en } }: OptionForEdit): readonly string[] {
  return [
    ...(code === '' ? [] : [`code ${code}`]),
    ...(display === '' ? [] : [`words ${display}`]),
    ...(en === undefined ? [] : [`en ${en}`]),
  ];
}
