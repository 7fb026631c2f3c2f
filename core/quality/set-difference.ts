/** What one version of an indicator set says otherwise than another, field by field. */
import { canonicalJson } from '#core/journal/canonical.ts';
import type { Json } from '#core/json.ts';
import type { SetContents } from './set-draft.ts';

export interface FieldChange {
  readonly field: string;
  /** Null: it said nothing. */
  readonly before: Json;
  readonly after: Json;
}

export interface PartChange {
  readonly code: string;
  readonly change: 'added' | 'retired' | 'changed';
  /** All of it where it was added or retired. */
  readonly fields: readonly FieldChange[];
}

export interface SetDifference {
  readonly set: readonly FieldChange[];
  /** In the order of the later one, what was retired after it. */
  readonly indicators: readonly PartChange[];
  readonly rules: readonly PartChange[];
}

type Compared = Pick<SetContents, 'indicators' | 'rules'> & Partial<SetContents>;

export function differenceOf(before: Compared, after: Compared): SetDifference {
  return {
    set: [...fieldsOf(withoutParts(before), withoutParts(after)), ...orderChange(before, after)],
    indicators: partsOf(before.indicators, after.indicators),
    rules: partsOf(before.rules, after.rules),
  };
}

export const isUnchanged = ({ set, indicators, rules }: SetDifference): boolean => set.length + indicators.length + rules.length === 0;

const withoutParts = ({ indicators: _, rules: __, ...rest }: Compared): object => rest;

/** Of what both ask for. */
function orderChange(before: Compared, after: Compared): readonly FieldChange[] {
  const [was, is] = [before, after].map(({ indicators }) => indicators.map(({ code }) => code));
  if (!was || !is) return [];
  const [kept, now] = [was.filter((code) => is.includes(code)), is.filter((code) => was.includes(code))];
  return kept.join() === now.join() ? [] : [{ field: 'order', before: was, after: is }];
}

type Part = SetContents['indicators'][number] | SetContents['rules'][number];

function partsOf(before: readonly Part[], after: readonly Part[]): readonly PartChange[] {
  const changed = after.flatMap((part): readonly PartChange[] => {
    const was = before.find(({ code }) => code === part.code);
    const fields = fieldsOf(was ?? {}, part);
    if (!was) return [{ code: part.code, change: 'added', fields }];
    return fields.length > 0 ? [{ code: part.code, change: 'changed', fields }] : [];
  });
  const retired = before
    .filter(({ code }) => !after.some((part) => part.code === code))
    .map((part): PartChange => ({ code: part.code, change: 'retired', fields: fieldsOf(part, {}) }));
  return [...changed, ...retired];
}

function fieldsOf(before: object, after: object): readonly FieldChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => name !== 'code');
  return names.flatMap((field) => {
    const [was, is] = [fieldOf(before, field), fieldOf(after, field)];
    return canonicalJson(was) === canonicalJson(is) ? [] : [{ field, before: was, after: is }];
  });
}

/** What zod read is JSON. */
const fieldOf = (from: object, field: string): Json => (Reflect.get(from, field) ?? null) as Json;
