/** What is edited of the form as a whole. */
import { EXTENSION } from '#core/form/extensions.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import {
  allocatedIdSetting,
  extractedResourceSetting,
  extractedValueSetting,
  observationCategorySetting,
  observationSetting,
} from './extraction-settings.ts';
import type { ItemChanges } from './item-changes.ts';
import { isSame, withMember } from './members.ts';
import { launchSetting, terminologyServerSetting } from './part-settings.ts';
import { constraintSetting, variableSetting } from './rule-settings.ts';
import { type ExtensionSetting, flagExtension } from './setting.ts';
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

/** Settings of items that the form as a whole has as well. */
export const FORM_SETTINGS = [
  ...(['variables', 'constraints', 'scoresShown', 'terminologyServers', 'observation', 'observationCategories'] as const),
  ...(['extractedResources', 'extractedValues', 'allocatedIds'] as const),
] as const;
export type FormSettingName = (typeof FORM_SETTINGS)[number];

export interface FormSettingsForEdit extends FormChanges, Pick<ItemChanges, FormSettingName> {
  /** What the form's expressions are told when it is opened: `user`, `patient`. */
  readonly launched: readonly string[];
}

const EXTENSION_SETTINGS: { readonly [Name in FormSettingName]: ExtensionSetting<ItemChanges[Name]> } & {
  readonly launched: ExtensionSetting<readonly string[]>;
} = {
  variables: variableSetting,
  constraints: constraintSetting,
  scoresShown: flagExtension(EXTENSION.scoresShown),
  terminologyServers: terminologyServerSetting,
  observation: observationSetting,
  observationCategories: observationCategorySetting,
  extractedResources: extractedResourceSetting,
  extractedValues: extractedValueSetting,
  allocatedIds: allocatedIdSetting,
  launched: launchSetting,
};
const EXTENSION_NAMES = [...FORM_SETTINGS, 'launched'] as const;

export function readForm(questionnaire: Questionnaire): FormSettingsForEdit {
  const { title = '', description = '', name = '', url = '', version = '', language = '', status } = questionnaire;
  return {
    ...{ title, description, name, url, version, language, status },
    translations: { title: translationsOf(questionnaire._title), description: translationsOf(questionnaire._description) },
    // Each name reads its own setting.
    ...(Object.fromEntries(EXTENSION_NAMES.map((name) => [name, EXTENSION_SETTINGS[name].read(questionnaire)])) as Pick<
      FormSettingsForEdit,
      (typeof EXTENSION_NAMES)[number]
    >),
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
  for (const name of EXTENSION_NAMES) {
    const value = changes[name];
    // `value` is what this row reads.
    if (value !== undefined && !isSame(value, before[name]))
      written = (EXTENSION_SETTINGS[name] as ExtensionSetting<unknown>).write(written, value);
  }
  return written;
}
