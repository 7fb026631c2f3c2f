/** One setting of an item: how it is read as a plain value, and how the value is written back. The usual shapes are made here. */
import type { Expression, Extension, Quantity, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { type Extensible, extensionOf, extensionsOf, withExtension, withExtensions } from './extension-list.ts';
import { withMember } from './members.ts';

export interface Setting<Value> {
  readonly read: (item: QuestionnaireItem) => Value;
  /** A blank value ('' · null · false · []) takes it away. */
  readonly write: (item: QuestionnaireItem, value: Value) => QuestionnaireItem;
}

/** What stands in extensions alone, and so on other things than items as well: the form, a text. */
export interface ExtensionSetting<Value> {
  readonly read: (holder: Extensible) => Value;
  readonly write: <T extends Extensible>(holder: T, value: Value) => T;
}

export const textMember = (name: 'text' | 'prefix' | 'answerValueSet' | 'definition'): Setting<string> => ({
  read: (item) => item[name] ?? '',
  write: (item, value) => withMember(item, name, value === '' ? undefined : value),
});

export const flagMember = (name: 'required' | 'repeats' | 'readOnly'): Setting<boolean> => ({
  read: (item) => item[name] ?? false,
  write: (item, value) => withMember(item, name, value ? true : undefined),
});

/** `value[x]` of an extension, by its name. */
type ValueName = Extract<keyof Extension, `value${string}`>;

const withValue = (holder: Extensible, url: string, name: ValueName, value: unknown): Extension =>
  withMember(extensionOf(holder, url) ?? { url }, name, value);

export const textExtension = (
  url: string,
  name: 'valueString' | 'valueCode' | 'valueUri' | 'valueCanonical' = 'valueString',
): ExtensionSetting<string> => ({
  read: (item) => extensionOf(item, url)?.[name] ?? '',
  write: (item, value) => withExtension(item, url, value === '' ? null : withValue(item, url, name, value)),
});

export const numberExtension = (url: string, name: 'valueInteger' | 'valueDecimal' = 'valueInteger'): ExtensionSetting<number | null> => ({
  read: (item) => extensionOf(item, url)?.[name] ?? null,
  write: (item, value) => withExtension(item, url, value === null ? null : withValue(item, url, name, value)),
});

export const flagExtension = (url: string): ExtensionSetting<boolean> => ({
  read: (item) => extensionOf(item, url)?.valueBoolean === true,
  write: (item, value) => withExtension(item, url, value ? withValue(item, url, 'valueBoolean', true) : null),
});

export const codeExtension = <Code extends string>(
  url: string,
  isCode: (value: unknown) => value is Code,
): ExtensionSetting<Code | null> => ({
  read: (item) => {
    const code = extensionOf(item, url)?.valueCode ?? extensionOf(item, url)?.valueString;
    return isCode(code) ? code : null;
  },
  write: (item, value) => withExtension(item, url, value === null ? null : withValue(item, url, 'valueCode', value)),
});

export const quantityExtension = (url: string): ExtensionSetting<Quantity | null> => ({
  read: (item) => extensionOf(item, url)?.valueQuantity ?? null,
  write: (item, value) => withExtension(item, url, value === null ? null : withValue(item, url, 'valueQuantity', value)),
});

/** One extension for each value. */
export const listExtension = <Value>(url: string, name: 'valueCode' | 'valueCoding'): ExtensionSetting<readonly Value[]> => ({
  read: (item) => extensionsOf(item, url).flatMap((each) => (each[name] === undefined ? [] : [each[name] as Value])),
  write: (item, values) => {
    const before = extensionsOf(item, url);
    const list = values.map((value, index) => withMember(before[index] ?? { url }, name, value));
    return withExtensions(item, url, list);
  },
});

const FHIRPATH = 'text/fhirpath';

/** Empty for an expression in another language: that one is not ours to write. */
export const expressionExtension = (url: string): ExtensionSetting<string> => ({
  read: (item) => fhirpathOf(extensionOf(item, url)?.valueExpression) ?? '',
  write: (item, value) => {
    const before = extensionOf(item, url);
    const expression = withFhirpath(before?.valueExpression, value);
    return withExtension(item, url, value === '' ? null : withMember(before ?? { url }, 'valueExpression', expression));
  },
});

export const fhirpathOf = (expression: Expression | undefined): string | undefined =>
  expression?.language === FHIRPATH ? expression.expression : undefined;

export const withFhirpath = (before: Expression | undefined, source: string): Expression =>
  withMember(withMember(before ?? {}, 'language', FHIRPATH), 'expression', source);
