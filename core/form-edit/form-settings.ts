/** What is edited of the form as a whole. */
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { isSame, withMember } from './members.ts';
import { type ConstraintForEdit, constraintSetting, type VariableForEdit, variableSetting } from './rule-settings.ts';
import { type Translations, translationsOf, withTranslatedMember } from './translations-of.ts';

/** Blank ('') takes a text away. */
export interface FormChanges {
  readonly title: string;
  readonly description: string;
  readonly translations: { readonly title?: Translations; readonly description?: Translations };
  readonly name: string;
  readonly url: string;
  readonly version: string;
  readonly language: string;
  readonly status: Questionnaire['status'];
}

export interface FormSettingsForEdit extends FormChanges {
  readonly variables: readonly VariableForEdit[];
  readonly constraints: readonly ConstraintForEdit[];
}

export function readForm(questionnaire: Questionnaire): FormSettingsForEdit {
  const { title = '', description = '', name = '', url = '', version = '', language = '', status } = questionnaire;
  return {
    ...{ title, description, name, url, version, language, status },
    translations: { title: translationsOf(questionnaire._title), description: translationsOf(questionnaire._description) },
    variables: variableSetting.read(questionnaire),
    constraints: constraintSetting.read(questionnaire),
  };
}

const TEXTS = ['title', 'description', 'name', 'url', 'version', 'language', 'status'] as const;

export function writeForm(questionnaire: Questionnaire, changes: Partial<FormSettingsForEdit>): Questionnaire {
  const before = readForm(questionnaire);
  let written = questionnaire;
  for (const name of TEXTS) {
    const value = changes[name];
    if (value !== undefined && value !== before[name]) written = withMember(written, name, value === '' ? undefined : value);
  }
  for (const name of ['title', 'description'] as const) {
    const value = changes.translations?.[name];
    if (value && !isSame(value, before.translations[name])) written = withTranslatedMember(written, name, value);
  }
  const { variables, constraints } = changes;
  if (variables && !isSame(variables, before.variables)) written = variableSetting.write(written, variables);
  if (constraints && !isSame(constraints, before.constraints)) written = constraintSetting.write(written, constraints);
  return written;
}
