/**
 * An item as the plain values that an inspector shows, and those written back. A setting is written only where it differs, so that how it came
 * to be written stays.
 */
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import { writeHelp } from './help-setting.ts';
import type { ItemChanges, PlainSettingName } from './item-changes.ts';
import { isSame } from './members.ts';
import type { Setting } from './setting.ts';
import { SETTINGS } from './setting-table.ts';
import { PLAIN_SETTINGS } from './setting-types.ts';
import { changeType } from './type-change.ts';

export interface ItemSettingsForEdit extends ItemChanges {
  readonly linkId: string;
}

export function readItem(item: QuestionnaireItem): ItemSettingsForEdit {
  const settings = Object.fromEntries(PLAIN_SETTINGS.map((name) => [name, SETTINGS[name].read(item)]));
  // The table has a row for each of them.
  return { linkId: item.linkId, type: item.type, ...(settings as unknown as Omit<ItemChanges, 'type'>) };
}

/** `freshLinkId`: for a help that is new. The type comes first: what is set together with it fits the new one. */
export function writeItem(
  item: QuestionnaireItem,
  changes: Partial<ItemChanges>,
  freshLinkId: (wanted: string) => string = (wanted) => wanted,
): QuestionnaireItem {
  const { type = item.type } = changes;
  return PLAIN_SETTINGS.reduce(
    (written, name) => writeSetting(written, name, changes, freshLinkId),
    type === item.type ? item : changeType(item, type),
  );
}

function writeSetting(
  item: QuestionnaireItem,
  name: PlainSettingName,
  changes: Partial<ItemChanges>,
  freshLinkId: (wanted: string) => string,
): QuestionnaireItem {
  const value = changes[name];
  if (value === undefined || isSame(SETTINGS[name].read(item), value)) return item;
  if (name === 'help') return writeHelp(item, changes.help ?? null, freshLinkId);
  // `value` is what this row reads.
  return (SETTINGS[name] as Setting<unknown>).write(item, value);
}
