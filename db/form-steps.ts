import type { MigrationStep } from '#core/form-edit/migration-step.ts';
import type { Database } from './database.ts';

export interface FormChange {
  readonly fromHash: string;
  readonly toHash: string;
}

/** How answers go over from one form to another, where whoever published it decided. */
export async function readSteps(db: Database, { fromHash, toHash }: FormChange): Promise<readonly MigrationStep[] | null> {
  const row = await db
    .selectFrom('form_steps')
    .select('steps')
    .where('from_hash', '=', fromHash)
    .where('to_hash', '=', toHash)
    .executeTakeFirst();
  // Written by us in `keepSteps`.
  return row ? (row.steps as readonly MigrationStep[]) : null;
}

export async function keepSteps(db: Database, { fromHash, toHash }: FormChange, steps: readonly MigrationStep[]): Promise<void> {
  await db
    .insertInto('form_steps')
    .values({ from_hash: fromHash, to_hash: toHash, steps: JSON.stringify(steps) })
    .onConflict((conflict) => conflict.columns(['from_hash', 'to_hash']).doUpdateSet({ steps: JSON.stringify(steps) }))
    .execute();
}
