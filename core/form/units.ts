/** The units of a quantity: those that stand on the item, and those of a value set that the form contains. */
import { settingsOf } from './extensions.ts';
import type { Coding, Questionnaire, QuestionnaireItem } from './questionnaire.ts';
import { placeOf } from './terminology/place.ts';

/** None where any unit is taken: where none is named, or where nobody but a server knows which. */
export function unitsOf(questionnaire: Questionnaire, item: QuestionnaireItem): readonly Coding[] {
  const { unit, unitOptions, unitValueSet } = settingsOf(item);
  const place = unitValueSet === undefined ? null : placeOf(questionnaire, unitValueSet);
  if (place && place.kind !== 'here') return [];
  const listed = [...unitOptions, ...(place?.codings ?? [])];
  return unit && !listed.some(({ code }) => code === unit.code) ? [unit, ...listed] : listed;
}
