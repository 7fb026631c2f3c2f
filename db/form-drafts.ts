/** The drafts that people have open of the form with which a service is applied for. Those of tasks keep the form that their instance pins. */
import type { Database } from './database.ts';

export interface OpenDraft {
  readonly id: string;
  readonly personId: string;
  readonly body: Buffer;
}

/** A page of them, by id. */
export async function draftsOfForm(
  db: Database,
  query: { readonly serviceKey: string; readonly formHash: string; readonly after: string | null; readonly limit: number },
): Promise<readonly OpenDraft[]> {
  let select = db
    .selectFrom('draft')
    .select(['id', 'person_id', 'body'])
    .where('service_key', '=', query.serviceKey)
    .where('form_hash', '=', query.formHash);
  if (query.after !== null) select = select.where('id', '>', query.after);
  const rows = await select.orderBy('id').limit(query.limit).execute();
  return rows.map(({ id, person_id, body }) => ({ id, personId: person_id, body }));
}
