/** A decision on where an order goes, in the names of hospitals, people and items. */
import type { DictionaryKey } from '#core/master-data/dictionary.ts';
import type { RouteRecord } from '#core/master-data/order.ts';
import type { LocalizedText } from '#core/text.ts';
import type { Context } from '../operation.ts';
import type { RouteDecisionView } from '../views/master-data.ts';
import type { OrganisationView } from '../views.ts';

/** `reasons`: coded reasons of operators in words. */
export async function routeDecisionOf(
  { runtime: { directory } }: Context,
  record: RouteRecord,
  { dictionary, reasons }: { readonly dictionary: DictionaryKey; readonly reasons: ReadonlyMap<string, LocalizedText> },
): Promise<RouteDecisionView> {
  const referred = async (kind: 'department' | 'team', id: string | null): Promise<OrganisationView | null> => {
    const found = id === null ? null : await directory.reference(kind, id);
    return found ? { id: found.id, name: found.display, nameEn: found.displayEn } : null;
  };
  const nameOf = async (code: string): Promise<LocalizedText> => {
    const found = dictionary === 'admission' ? null : await directory.reference(dictionary, code);
    return found ? { 'zh-CN': found.display, en: found.displayEn } : { 'zh-CN': code };
  };
  return {
    at: record.at,
    outcome: record.outcome,
    by: await directory.person(record.by),
    reason: record.rule ?? (record.reasonCode === null ? null : (reasons.get(record.reasonCode) ?? { 'zh-CN': record.reasonCode })),
    dictionaryVersion: record.dictionaryVersion,
    organisation: record.organisation === null ? null : await directory.organisation(record.organisation),
    department: await referred('department', record.department),
    team: await referred('team', record.team),
    localItems: await Promise.all(record.localItems.map(async (item) => ({ ...item, name: await nameOf(item.code) }))),
    parts: await Promise.all(
      (record.parts ?? []).map(async ({ organisation, items }) => ({
        organisation: organisation === null ? null : await directory.organisation(organisation),
        items: await Promise.all(items.map(async (code) => ({ code, name: await nameOf(code) }))),
      })),
    ),
    considered: await Promise.all(
      record.considered.map(async ({ organisation, verdict, items, isFallback }) => ({
        organisation: await directory.organisation(organisation),
        verdict,
        items: await Promise.all(items.map(async (code) => ({ code, name: await nameOf(code) }))),
        isFallback,
      })),
    ),
  };
}
