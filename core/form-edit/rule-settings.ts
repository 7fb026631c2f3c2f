/** Variables and constraints, of an item or of the whole form. */
import { EXTENSION } from '#core/form/extensions.ts';
import type { Extension } from '#core/form/questionnaire.ts';
import { type Extensible, extensionsOf, withExtensions } from './extension-list.ts';
import { isSame, withList, withMember } from './members.ts';
import { type ExtensionSetting, fhirpathOf, withFhirpath } from './setting.ts';
import { type Translations, translationsOf, withTranslatedMember } from './translations-of.ts';

export interface VariableForEdit {
  readonly name: string;
  readonly expression: string;
}

/** An expression that must be true of the answers. */
export interface ConstraintForEdit {
  readonly key: string;
  readonly expression: string;
  readonly human: string;
  readonly translations: Translations;
  /** A warning does not keep anybody from going on. */
  readonly severity: 'error' | 'warning';
}

export const variableSetting: ExtensionSetting<readonly VariableForEdit[]> = {
  read: (holder) => readVariables(holder).map(({ value }) => value),
  write: (holder, variables) => {
    const before = readVariables(holder);
    const list = pair(before, variables, ({ name }) => name).map(({ value, source }): Extension => {
      if (source && isSame(readVariable(source), value)) return source;
      const expression = withFhirpath(withMember(source?.valueExpression ?? {}, 'name', value.name), value.expression);
      return withMember(source ?? { url: EXTENSION.variable }, 'valueExpression', expression);
    });
    return replaced(holder, EXTENSION.variable, before, list);
  },
};

export const constraintSetting: ExtensionSetting<readonly ConstraintForEdit[]> = {
  read: (holder) => CONSTRAINT_URLS.flatMap((url) => readConstraints(holder, url)).map(({ value }) => value),
  write: (holder, constraints) => {
    const before = CONSTRAINT_URLS.flatMap((url) => readConstraints(holder, url));
    const written = pair(before, constraints, ({ key }) => key).map(({ value, source }) => writeConstraint(source, value));
    // A constraint stays under the address that it came with.
    return CONSTRAINT_URLS.reduce(
      (result, url) =>
        replaced(
          result,
          url,
          before.filter(({ source }) => source.url === url),
          written.filter((each) => each.url === url),
        ),
      holder,
    );
  },
};

const CONSTRAINT_URLS = [EXTENSION.constraint, EXTENSION.targetConstraint];

interface Entry<Value> {
  readonly value: Value;
  readonly source: Extension;
}

const readVariables = (holder: Extensible): readonly Entry<VariableForEdit>[] =>
  extensionsOf(holder, EXTENSION.variable).flatMap((source) => {
    const value = readVariable(source);
    return value ? [{ value, source }] : [];
  });

function readVariable({ valueExpression }: Extension): VariableForEdit | null {
  const expression = fhirpathOf(valueExpression);
  return expression === undefined ? null : { name: valueExpression?.name ?? '', expression };
}

const readConstraints = (holder: Extensible, url: string): readonly Entry<ConstraintForEdit>[] =>
  extensionsOf(holder, url).flatMap((source) => {
    const value = readConstraint(source);
    return value ? [{ value, source }] : [];
  });

const partOf = ({ extension = [] }: Extension, url: string): Extension | undefined => extension.find((part) => part.url === url);

/** Null for one in another language. */
function readConstraint(source: Extension): ConstraintForEdit | null {
  const [stated, human] = [partOf(source, 'expression'), partOf(source, 'human')];
  const expression = stated?.valueString ?? fhirpathOf(stated?.valueExpression);
  if (expression === undefined) return null;
  return {
    key: partOf(source, 'key')?.valueString ?? partOf(source, 'key')?.valueCode ?? '',
    expression,
    human: human?.valueString ?? '',
    translations: translationsOf(human?._valueString),
    severity: partOf(source, 'severity')?.valueCode === 'warning' ? 'warning' : 'error',
  };
}

function writeConstraint(source: Extension | null, value: ConstraintForEdit): Extension {
  if (source && isSame(readConstraint(source), value)) return source;
  let written: Extension = source ?? { url: EXTENSION.constraint };
  const put = (url: string, change: (part: Extension) => Extension): void => {
    const parts = written.extension ?? [];
    const at = parts.findIndex((part) => part.url === url);
    const part = change(parts[at] ?? { url });
    const isEmpty = Object.keys(part).length === 1;
    const list = isEmpty ? parts.filter((each) => each.url !== url) : at < 0 ? [...parts, part] : parts.with(at, part);
    written = withList(written, 'extension', list);
  };
  put('key', (part) =>
    withMember(part, part.valueCode === undefined ? 'valueString' : 'valueCode', value.key === '' ? undefined : value.key),
  );
  put('severity', (part) => withMember(part, 'valueCode', value.severity));
  put('expression', (part) =>
    part.valueExpression
      ? withMember(part, 'valueExpression', withFhirpath(part.valueExpression, value.expression))
      : withMember(part, 'valueString', value.expression),
  );
  put('human', (part) =>
    withTranslatedMember(withMember(part, 'valueString', value.human === '' ? undefined : value.human), 'valueString', value.translations),
  );
  return written;
}

/** Each value with the extension that it was read from: by its name, else the one that stands in its place and is nobody else's. */
function pair<Value>(before: readonly Entry<Value>[], values: readonly Value[], nameOf: (value: Value) => string) {
  const free = new Set(before);
  const byName = values.map((value) => {
    const entry = before.find((each) => free.has(each) && nameOf(each.value) === nameOf(value));
    if (entry) free.delete(entry);
    return { value, entry };
  });
  return byName.map(({ value, entry }, index) => {
    const there = before[index];
    const found = entry ?? (there && free.delete(there) ? there : undefined);
    return { value, source: found?.source ?? null };
  });
}

/** Extensions that are not read here, such as variables in CQL, stay where they stand among the others. */
function replaced<T extends Extensible>(holder: T, url: string, before: readonly Entry<unknown>[], list: readonly Extension[]): T {
  const read = new Set(before.map(({ source }) => source));
  const open = [...list];
  const all = extensionsOf(holder, url).flatMap((each) => (read.has(each) ? open.splice(0, 1) : [each]));
  return withExtensions(holder, url, [...all, ...open]);
}
