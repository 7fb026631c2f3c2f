/** Steps read once, for each item of the new form: from where its answers come, and what becomes of them. */
import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { ConvertStep, LossReason, MigrationStep, MoveStep } from './migration-step.ts';
import { type PlacedItem, placedItems } from './placed-items.ts';
import { linkIdsIn } from './tree.ts';

export interface MigrationPlan {
  /** The link id in the old form. */
  readonly sourceOf: (linkId: string) => string | undefined;
  /** In the old form. */
  readonly stoodBelow: (linkId: string, holder: string) => boolean;
  readonly conversionOf: (linkId: string) => ConvertStep | null;
  readonly keepOf: (linkId: string) => 'first' | 'last';
  /** Of the item, else of what it stands in; all rows, where no step says otherwise. */
  readonly rowsOf: (linkId: string) => MoveStep['rows'];
  /** The code that takes its place, null for none; `undefined` where it stays. */
  readonly optionOf: (linkId: string, code: string) => string | null | undefined;
  /** Why answers to an item of the old form are lost in any case. */
  readonly lossOf: (linkId: string) => LossReason | null;
  /** What is told of a lost answer to an item of the old form; `code`: of the option that is given up. */
  readonly noteOf: (linkId: string, code: string | null) => string | undefined;
}

export function planOf(steps: readonly MigrationStep[], before: Questionnaire, after: Questionnaire): MigrationPlan {
  const [old, now] = [placedItems(before), placedItems(after)];
  const dropped = new Set(
    steps.flatMap((step) => {
      const item = step.kind === 'drop-item' ? old.get(step.linkId)?.item : undefined;
      // What stands below a question may have gone elsewhere.
      if (!item) return [];
      return item.type === 'group' ? linkIdsIn([item]) : [item.linkId];
    }),
  );
  const sources = new Map<string, string>();
  const renamed = new Set<string>();
  for (const step of steps) {
    if (step.kind !== 'rename-item' || sources.has(step.to) || renamed.has(step.from)) continue;
    if (!old.has(step.from) || !now.has(step.to) || dropped.has(step.from)) continue;
    sources.set(step.to, step.from);
    renamed.add(step.from);
  }
  for (const linkId of now.keys()) {
    if (old.has(linkId) && !sources.has(linkId) && !renamed.has(linkId) && !dropped.has(linkId)) sources.set(linkId, linkId);
  }
  const carried = new Set(sources.values());
  for (const [linkId, { item }] of now) {
    const group = item.type === 'group' && item.repeats && !sources.has(linkId) ? rowsBehind(item.item ?? [], sources, old) : null;
    if (group === null || now.has(group) || dropped.has(group) || carried.has(group)) continue;
    sources.set(linkId, group);
    carried.add(group);
  }
  const notes = new Map(steps.flatMap((step) => notedBy(step, sources, old)));
  const conversions = new Map(steps.flatMap((step) => (step.kind === 'convert' ? [[step.linkId, step]] : [])));
  const rows = new Map(steps.flatMap((step) => (step.kind === 'move-item' ? [[step.linkId, step.rows]] : [])));
  const options = new Map(
    steps.flatMap((step) => (step.kind === 'map-option' ? [[JSON.stringify([step.linkId, step.from]), step.to]] : [])),
  );
  return {
    sourceOf: (linkId) => sources.get(linkId),
    stoodBelow: (linkId, holder) => {
      for (let at = old.get(linkId)?.place.parent ?? null; at !== null; at = old.get(at)?.place.parent ?? null)
        if (at === holder) return true;
      return false;
    },
    conversionOf: (linkId) => conversions.get(linkId) ?? null,
    keepOf: (linkId) => conversions.get(linkId)?.keep ?? 'first',
    rowsOf: (linkId) => {
      for (let at: string | null = linkId; at !== null; at = now.get(at)?.place.parent ?? null) {
        const rule = rows.get(at);
        if (rule) return rule;
      }
      return 'all';
    },
    optionOf: (linkId, code) => options.get(JSON.stringify([linkId, code])),
    noteOf: (linkId, code) => notes.get(JSON.stringify([linkId, code])),
    lossOf: (linkId) => {
      if (!old.has(linkId)) return 'unknown';
      if (dropped.has(linkId)) return 'dropped';
      return carried.has(linkId) ? null : 'removed';
    },
  };
}

/** By link id in the old form and code of an option. Of a group that is dropped all that stands below it is told the same. */
function notedBy(
  step: MigrationStep,
  sources: ReadonlyMap<string, string>,
  old: ReadonlyMap<string, PlacedItem>,
): readonly (readonly [string, string])[] {
  if ((step.kind !== 'drop-item' && step.kind !== 'map-option') || !step.note) return [];
  const { note } = step;
  if (step.kind === 'map-option') return [[JSON.stringify([sources.get(step.linkId) ?? step.linkId, step.from]), note]];
  const item = old.get(step.linkId)?.item;
  return (item ? linkIdsIn(item.type === 'group' ? [item] : [{ ...item, item: [] }]) : []).map((linkId) => [
    JSON.stringify([linkId, null]),
    note,
  ]);
}

/** A new table whose columns all come from one table that is gone takes its rows, so that they stay rows. */
function rowsBehind(
  columns: readonly QuestionnaireItem[],
  sources: ReadonlyMap<string, string>,
  old: ReadonlyMap<string, PlacedItem>,
): string | null {
  const groups = new Set(columns.flatMap(({ linkId }) => old.get(sources.get(linkId) ?? '')?.place.rows.at(-1) ?? []));
  const [group] = groups;
  return groups.size === 1 && group !== undefined ? group : null;
}
