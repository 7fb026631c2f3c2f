/** Variables and constraints, of an item or of the whole form. */
import { EXTENSION } from '#core/form/extensions.ts';
import type { Extension } from '#core/form/questionnaire.ts';
import { type EntryForm, entriesIn, entrySetting, partOf, withEntries, withPart, writtenEntries } from './entry-list.ts';
import { withMember } from './members.ts';
import { PREFIX_VARIABLE } from './part-settings.ts';
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

export const variableSetting = entrySetting<VariableForEdit>(EXTENSION.variable, {
  read: ({ valueExpression }) => {
    const expression = fhirpathOf(valueExpression);
    // What link ids of a part begin with is a setting of its own.
    if (expression === undefined || valueExpression?.name === PREFIX_VARIABLE) return null;
    return { name: valueExpression?.name ?? '', expression };
  },
  write: (source, { name, expression }) => {
    const written = withFhirpath(withMember(source?.valueExpression ?? {}, 'name', name), expression);
    return withMember(source ?? { url: EXTENSION.variable }, 'valueExpression', written);
  },
  nameOf: ({ name }) => name,
});

export const constraintSetting: ExtensionSetting<readonly ConstraintForEdit[]> = {
  read: (holder) => CONSTRAINT_URLS.flatMap((url) => entriesIn(holder, url, CONSTRAINT)).map(({ value }) => value),
  write: (holder, constraints) => {
    const before = CONSTRAINT_URLS.flatMap((url) => entriesIn(holder, url, CONSTRAINT));
    const written = writtenEntries(before, constraints, CONSTRAINT);
    // A constraint stays under the address that it came with.
    return CONSTRAINT_URLS.reduce(
      (result, url) =>
        withEntries(
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

const CONSTRAINT: EntryForm<ConstraintForEdit> = { read: readConstraint, write: writeConstraint, nameOf: ({ key }) => key };

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
  let written: Extension = source ?? { url: EXTENSION.constraint };
  const put = (url: string, change: (part: Extension) => Extension): void => {
    written = withPart(written, url, change);
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
