/** The least and the greatest answer: a value, or what an expression computes (`cqf-calculatedValue` on the value). */
import { EXTENSION } from '#core/form/extensions.ts';
import type { AnswerValue, Extended, Extension, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { bareValue } from '#core/form/value.ts';
import { extensionOf, withExtension } from './extension-list.ts';
import { withMember } from './members.ts';
import { fhirpathOf, type Setting, withFhirpath } from './setting.ts';

type LimitUrl = typeof EXTENSION.minValue | typeof EXTENSION.maxValue;

export const limitSetting = (url: LimitUrl): Setting<AnswerValue | null> => ({
  read: (item) => {
    const limit = bareValue(extensionOf(item, url) ?? {});
    return Object.keys(limit).length > 0 ? limit : null;
  },
  write: (item, value) => {
    const before = extensionOf(item, url) ?? { url };
    const without = Object.keys(bareValue(before)).reduce((limit, name) => withMember(limit, name, undefined), before);
    const [name, given] = Object.entries(value ?? {})[0] ?? [];
    // In the place of the value that was there.
    const isSameKind = name !== undefined && name in before;
    const written = name === undefined ? without : withMember(isSameKind ? before : without, name, given);
    return withExtension(item, url, hasMeaning(written) ? written : null);
  },
});

/** FHIRPath that is evaluated in place of a fixed limit, such as a date relative to today. */
export const limitExpressionSetting = (url: LimitUrl): Setting<string> => ({
  read: (item) => {
    const extended = COMPUTED.map((name) => extensionOf(item, url)?.[name]).find((each) => each !== undefined);
    return fhirpathOf(calculatedIn(extended)?.valueExpression) ?? '';
  },
  write: (item, source) => {
    const before = extensionOf(item, url) ?? { url };
    const name = COMPUTED.find((each) => before[each] !== undefined) ?? memberFor(item);
    const extended: Extended = before[name] ?? {};
    const calculated = calculatedIn(extended) ?? { url: EXTENSION.calculatedValue };
    const value = withMember(calculated, 'valueExpression', withFhirpath(calculated.valueExpression, source));
    const changed = withExtension(extended, EXTENSION.calculatedValue, source === '' ? null : value);
    const written = withMember(before, name, Object.keys(changed).length > 0 ? changed : undefined);
    return withExtension(item, url, hasMeaning(written) ? written : null);
  },
});

const COMPUTED = ['_valueInteger', '_valueDecimal', '_valueDate', '_valueDateTime'] as const;

function memberFor({ type }: QuestionnaireItem): (typeof COMPUTED)[number] {
  if (type === 'integer') return '_valueInteger';
  if (type === 'date') return '_valueDate';
  return type === 'dateTime' ? '_valueDateTime' : '_valueDecimal';
}

const calculatedIn = (extended: Extended | undefined): Extension | undefined =>
  extended?.extension?.find(({ url }) => url === EXTENSION.calculatedValue);

const hasMeaning = (limit: Extension): boolean => Object.keys(limit).some((name) => name !== 'url' && name !== 'id');
