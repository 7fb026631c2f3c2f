/** Steps of a migration of answers as they come from outside (`core/form-edit/migration-step.ts`). */
import { z } from 'zod';
import { ITEM_TYPES } from '#core/form/questionnaire.ts';
import type { MigrationStep } from '#core/form-edit/migration-step.ts';

const linkId = z.string().min(1).max(255);
const code = z.string().max(1_000);
/** For whoever gave an answer that is given up. */
const note = z.string().trim().min(1).max(500).optional();
const type = z.enum(ITEM_TYPES);

export const migrationSteps: z.ZodType<readonly MigrationStep[]> = z
  .array(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('rename-item'), from: linkId, to: linkId }),
      z.strictObject({ kind: z.literal('drop-item'), linkId, note }),
      z.strictObject({
        kind: z.literal('convert'),
        linkId,
        from: type,
        to: type,
        keep: z.enum(['first', 'last']).optional(),
        codes: z.strictObject({ true: code.nullable(), false: code.nullable() }).optional(),
      }),
      z.strictObject({ kind: z.literal('map-option'), linkId, from: code, to: code.nullable(), note }),
      z.strictObject({
        kind: z.literal('move-item'),
        linkId,
        from: linkId.nullable(),
        to: linkId.nullable(),
        rows: z.enum(['first', 'all']),
      }),
    ]),
  )
  .max(5_000);
