/** Writes the translation of one text of a form. */
import { EXTENSION } from '#core/form/extensions.ts';
import type { Coding, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { Locale } from '#core/text.ts';
import { extensionOf, withExtension } from './extension-list.ts';
import { writeForm } from './form-settings.ts';
import { writeItem } from './item-settings.ts';
import { withMember } from './members.ts';
import { type ConstraintForEdit, constraintSetting } from './rule-settings.ts';
import { SETTINGS } from './setting-table.ts';
import { partOf, type TextPath, type TextRow, TRANSLATED } from './translations.ts';
import { type Translations, translationsOf, withTranslatedMember } from './translations-of.ts';
import { updateItem } from './tree.ts';
import { withConceptTranslation } from './value-set-texts.ts';

/** An empty translation takes it away. A path that is not there changes nothing. */
export function withText(questionnaire: Questionnaire, path: TextPath, text: string, to: Locale = 'en'): Questionnaire {
  const { linkId, kind, part } = path;
  const changed = (translations: Translations | undefined): Translations => ({ ...translations, [to]: text });
  const inConstraints = (constraints: readonly ConstraintForEdit[]): readonly ConstraintForEdit[] =>
    constraints.map((each) => (each.key === part ? { ...each, translations: changed(each.translations) } : each));
  if (linkId === null) {
    if (kind === 'constraint') return writeForm(questionnaire, { constraints: inConstraints(constraintSetting.read(questionnaire)) });
    if (kind !== 'title' && kind !== 'description') return questionnaire;
    return writeForm(questionnaire, { translations: { [kind]: changed(translationsOf(questionnaire[`_${kind}`])) } });
  }
  if (linkId.startsWith('#')) return withSetText(questionnaire, path, text, to);
  return updateItem(questionnaire, linkId, (item) => {
    if (kind === 'text') return writeItem(item, { translations: changed(translationsOf(item._text)) });
    if (kind === 'constraint') return writeItem(item, { constraints: inConstraints(SETTINGS.constraints.read(item)) });
    if (kind === 'unit') return withUnitText(item, part, changed);
    if (kind === 'option') {
      const options = SETTINGS.options.read(item);
      return writeItem(item, {
        options: options.map((each) => (partOf(each) === part ? { ...each, translations: changed(each.translations) } : each)),
      });
    }
    const setting = TRANSLATED.find((name) => name === kind);
    const written = setting && SETTINGS[setting].read(item);
    return setting && written ? writeItem(item, { [setting]: { ...written, translations: changed(written.translations) } }) : item;
  });
}

export const withTexts = (
  questionnaire: Questionnaire,
  rows: readonly Pick<TextRow, 'path' | 'translation'>[],
  to: Locale = 'en',
): Questionnaire => rows.reduce((form, { path, translation }) => withText(form, path, translation, to), questionnaire);

function withSetText(questionnaire: Questionnaire, { linkId, part }: TextPath, text: string, to: Locale): Questionnaire {
  const contained = questionnaire.contained ?? [];
  const at = contained.findIndex(({ id }) => `#${id}` === linkId);
  const set = contained[at];
  return set?.resourceType === 'ValueSet'
    ? withMember(questionnaire, 'contained', contained.with(at, withConceptTranslation(set, part, { to, text })))
    : questionnaire;
}

function withUnitText(item: QuestionnaireItem, part: string, changed: (translations: Translations) => Translations): QuestionnaireItem {
  const translated = (coding: Coding): Coding =>
    partOf(coding) === part ? withTranslatedMember(coding, 'display', changed(translationsOf(coding._display))) : coding;
  const unit = extensionOf(item, EXTENSION.unit);
  const own = unit?.valueCoding ? withExtension(item, EXTENSION.unit, withMember(unit, 'valueCoding', translated(unit.valueCoding))) : item;
  return writeItem(own, { unitOptions: SETTINGS.unitOptions.read(own).map(translated) });
}
