/** Facts of an instance as a viewer may see them: what an item of a form gives to the process is guarded as the item is. */

import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { withMade } from '#core/bpmn/made-variables.ts';
import { fieldAccess, type ItemAccess, type Viewer } from '#core/form/access/field-access.ts';
import { NOTHING_SHOWN } from '#core/form/access/mask.ts';
import { settingsOf } from '#core/form/extensions.ts';
import { allItems } from '#core/form/items.ts';
import type { JsonObject } from '#core/json.ts';
import type { Context } from '../operation.ts';

/** Names of facts that are not open to the viewer, with those that the diagram makes of them. A fact that several forms give is as guarded as in the strictest. */
export async function guardedFacts(
  context: Context,
  graph: ProcessGraph,
  viewer: Viewer,
): Promise<ReadonlyMap<string, ItemAccess['reading']>> {
  const guarded = new Map<string, ItemAccess['reading']>();
  for (const hash of new Set(Object.values(graph.forms))) {
    const questionnaire = await context.runtime.definitions.form(hash);
    const access = fieldAccess(questionnaire, viewer);
    if (access.size === 0) continue;
    for (const item of allItems(questionnaire.item ?? [])) {
      const { fact } = settingsOf(item);
      const reading = access.get(item.linkId)?.reading ?? 'open';
      if (fact !== undefined && reading !== 'open' && guarded.get(fact) !== 'hidden') guarded.set(fact, reading);
    }
  }
  return withMade(guarded, graph);
}

export const visibleFacts = (variables: JsonObject, guarded: ReadonlyMap<string, ItemAccess['reading']>): JsonObject =>
  Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => {
      const reading = guarded.get(name) ?? 'open';
      if (reading === 'hidden') return [];
      return [[name, reading === 'masked' && value !== null ? NOTHING_SHOWN : value]];
    }),
  );
