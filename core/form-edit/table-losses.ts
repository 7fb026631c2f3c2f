/** What a sheet of a form does not carry: what would differ if a form were made of the sheet alone. Imported over the form, all of it stays. */
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { valueKindOf } from '#core/form/value.ts';
import { diffForms } from './diff.ts';
import { formTable, readFormTable } from './form-table.ts';
import type { SettingName } from './item-changes.ts';
import { placedItems } from './placed-items.ts';

export interface TableLoss {
  /** Null: of the form as a whole. */
  readonly linkId: string | null;
  /** `names`: the form's address, version and technical name; `others`: what no setting shows, such as value sets that the form contains. */
  readonly what: SettingName | 'names' | 'others';
}

const NAMES: ReadonlySet<string> = new Set(['url', 'version', 'name', 'language', 'status']);

export function tableLosses(questionnaire: Questionnaire): readonly TableLoss[] {
  const { questionnaire: alone } = readFormTable(formTable(questionnaire));
  const { form, changed } = diffForms(questionnaire, alone);
  const [before, after] = [placedItems(questionnaire), placedItems(alone)];
  const kindsIn = (items: typeof before, linkId: string) => items.get(linkId)?.item.answerOption?.map(valueKindOf).join();
  const ofItems = changed.flatMap(({ linkId, settings, options, others }): readonly TableLoss[] => [
    ...settings
      // One condition is met or it is not.
      .filter((change) => change.setting !== 'enableBehavior' || (before.get(linkId)?.item.enableWhen ?? []).length > 1)
      .map(({ setting }) => ({ linkId, what: setting })),
    ...(options ? [{ linkId, what: 'options' } as const] : []),
    ...(others.length > 0 ? [{ linkId, what: 'others' } as const] : []),
  ]);
  // An option that is a number comes back as its text.
  const ofKinds = [...before.keys()].flatMap((linkId): readonly TableLoss[] => {
    const [was, is] = [kindsIn(before, linkId), kindsIn(after, linkId)];
    return was !== undefined && was !== is ? [{ linkId, what: 'options' }] : [];
  });
  const ofForm = new Set(form.map(({ path }): TableLoss['what'] => (NAMES.has(path) ? 'names' : 'others')));
  return [...[...ofForm].map((what) => ({ linkId: null, what })), ...ofItems, ...ofKinds];
}
