/** Decisions by which the limits of control charts begin anew. */
import { sql } from 'kysely';
import type { LimitDecision } from '#core/quality/rebase.ts';
import type { Database } from './database.ts';

export interface StoredLimitDecision extends LimitDecision {
  readonly organisationId: string;
  readonly byPerson: string;
  readonly at: string;
}

export interface LimitQuery {
  readonly setCode: string;
  /** Absent: of all hospitals. */
  readonly organisationId?: string;
}

/** By hospital, indicator and period. */
export async function readLimitDecisions(db: Database, { setCode, organisationId }: LimitQuery): Promise<readonly StoredLimitDecision[]> {
  const { rows } = await sql<{
    organisation_id: string;
    indicator_code: string;
    from_period: string;
    reason: string;
    by_person: string;
    decided_at: Date;
  }>`
    select * from limit_decision where set_code = ${setCode}
      and (${organisationId ?? null}::text is null or organisation_id = ${organisationId ?? null}::text)
    order by organisation_id, indicator_code, from_period`.execute(db);
  return rows.map((row) => ({
    organisationId: row.organisation_id,
    code: row.indicator_code,
    from: row.from_period,
    reason: row.reason,
    byPerson: row.by_person,
    at: row.decided_at.toISOString(),
  }));
}

/** False: limits begin anew there already. */
export async function storeLimitDecision(
  db: Database,
  setCode: string,
  { organisationId, code, from, reason, byPerson }: Omit<StoredLimitDecision, 'at'>,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into limit_decision (set_code, organisation_id, indicator_code, from_period, reason, by_person)
    values (${setCode}, ${organisationId}, ${code}, ${from}, ${reason}, ${byPerson}) on conflict do nothing`.execute(db);
  return (numAffectedRows ?? 0n) > 0n;
}
