/** Help for an item: a display below it with the control `help`, as FHIR has it. */
import { EXTENSION, settingsOf } from '#core/form/extensions.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { TextForEdit } from './look-settings.ts';
import { withMember } from './members.ts';
import { translationsOf, withTranslatedMember } from './translations-of.ts';
import { withItems } from './tree.ts';

export const isHelp = (item: QuestionnaireItem): boolean => item.type === 'display' && settingsOf(item).control === 'help';

export function readHelp({ item = [] }: QuestionnaireItem): TextForEdit | null {
  const help = item.find(isHelp);
  return help ? { text: help.text ?? '', translations: translationsOf(help._text) } : null;
}

/** `freshLinkId` gives a link id that the form does not have. A help without text is none. */
export function writeHelp(holder: QuestionnaireItem, help: TextForEdit | null, freshLinkId: (wanted: string) => string): QuestionnaireItem {
  const items = holder.item ?? [];
  const at = items.findIndex(isHelp);
  const present = items[at];
  if (!help || help.text === '') return at < 0 ? holder : withItems(holder, items.toSpliced(at, 1));
  const written = (item: QuestionnaireItem): QuestionnaireItem =>
    withTranslatedMember(withMember(item, 'text', help.text), 'text', help.translations);
  if (present) return withItems(holder, items.with(at, written(present)));
  return withItems(holder, [written({ linkId: freshLinkId(`${holder.linkId}.help`), type: 'display', extension: [HELP] }), ...items]);
}

const HELP = {
  url: EXTENSION.itemControl,
  valueCodeableConcept: { coding: [{ system: 'http://hl7.org/fhir/questionnaire-item-control', code: 'help' }] },
};
