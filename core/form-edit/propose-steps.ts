/** The steps that a difference between two forms asks for: what an author is shown first. */
import type { ItemType } from '#core/form/questionnaire.ts';
import { isConvertible } from './convert-answer.ts';
import type { FormDiff, ItemDiff, ItemMove } from './diff.ts';
import type { MigrationStep } from './migration-step.ts';
import type { OptionForEdit } from './option-setting.ts';

export function proposeSteps({ renamed, removed, moved, changed }: FormDiff): readonly MigrationStep[] {
  return [
    ...renamed.map(({ from, to }): MigrationStep => ({ kind: 'rename-item', from, to })),
    ...removed.filter(({ type }) => isQuestion(type)).map(({ linkId }): MigrationStep => ({ kind: 'drop-item', linkId })),
    ...moved.filter(({ type }) => type !== 'display').flatMap(moveStep),
    ...changed.flatMap(convertSteps),
    ...changed.flatMap(optionSteps),
  ];
}

const isQuestion = (type: ItemType): boolean => type !== 'group' && type !== 'display';

/** Within the same rows answers follow their item by themselves. */
function moveStep({ linkId, from, to }: ItemMove): readonly MigrationStep[] {
  if (from.parent === to.parent) return [];
  const left = from.rows.filter((row) => !to.rows.includes(row));
  return [{ kind: 'move-item', linkId, from: from.parent, to: to.parent, rows: left.length > 0 ? 'all' : 'first' }];
}

function convertSteps({ linkId, type, settings, options }: ItemDiff): readonly MigrationStep[] {
  const typeChange = settings.find((change) => change.setting === 'type');
  const repeatsNoMore = settings.some((change) => change.setting === 'repeats' && !change.after);
  const from = typeChange?.setting === 'type' ? typeChange.before : type;
  if (from === type && !repeatsNoMore) return [];
  if (from !== type && !isConvertible(from, type)) return isQuestion(from) ? [{ kind: 'drop-item', linkId }] : [];
  if (type === 'display') return [];
  const isTruth = (from === 'boolean' && isChoice(type)) || (isChoice(from) && type === 'boolean');
  const codes = isTruth ? { codes: guessedCodes([...(options?.added ?? []), ...(options?.removed ?? [])]) } : {};
  return [{ kind: 'convert', linkId, from, to: type, ...(repeatsNoMore ? { keep: 'first' } : {}), ...codes }];
}

const isChoice = (type: ItemType): boolean => type === 'choice' || type === 'open-choice';

/** Words under which yes and no usually stand. */
const TRUE = new Set(['true', 'yes', 'y', '1', '是', '有', '对']);
const FALSE = new Set(['false', 'no', 'n', '0', '否', '无', '没有', '不是']);

function guessedCodes(options: readonly OptionForEdit[]): { readonly true: string | null; readonly false: string | null } {
  const among = (words: ReadonlySet<string>): string | null =>
    options.find(({ code, display }) => words.has(code.toLowerCase()) || words.has(display.toLowerCase()))?.code ?? null;
  return { true: among(TRUE), false: among(FALSE) };
}

/** Where the item became something else its options are read by the conversion. */
function optionSteps({ linkId, settings, options }: ItemDiff): readonly MigrationStep[] {
  const typeChange = settings.find((change) => change.setting === 'type');
  const isChoiceStill = typeChange?.setting !== 'type' || (isChoice(typeChange.before) && isChoice(typeChange.after));
  if (!options || !isChoiceStill) return [];
  return [
    ...options.renamed.map((pair): MigrationStep => ({ kind: 'map-option', linkId, from: pair.before.code, to: pair.after.code })),
    ...options.removed.map(({ code }): MigrationStep => ({ kind: 'map-option', linkId, from: code, to: null })),
  ];
}
