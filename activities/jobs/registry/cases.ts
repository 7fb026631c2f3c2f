/** What a case leaves in its registry: steps and outcome as it was submitted, that it was accepted, that it does not count. */
import { z } from 'zod';
import { keySteps } from '#core/registry/key-steps.ts';
import type { Database } from '#db/database.ts';
import { acceptCase, excludeStay, readDisease, storeCase } from '#db/registry.ts';
import { JobError, type JobHandler } from '../jobs.ts';
import { readInput } from '../read-input.ts';

const submitted = z.object({
  stay: z.uuid(),
  disease: z.string(),
  version: z.int().min(1),
  onTime: z.boolean(),
  submittedAt: z.iso.datetime({ offset: true }),
  case: z.object({ caseOutcome: z.string(), readmitted: z.boolean() }).loose(),
});

export const keepCase =
  (db: Database): JobHandler =>
  async ({ instanceId, variables }) => {
    const { stay, disease: code, version, onTime, submittedAt, case: facts } = readInput(submitted, variables);
    const disease = await readDisease(db, code);
    const steps = disease && keySteps(disease, facts);
    if (!steps) throw new JobError(`The disease ${code} or the admission is not known.`, { isFinal: true });
    const { caseOutcome: outcome, readmitted } = facts;
    await storeCase(db, { stayId: stay, version, instanceId, submittedAt, isOnTime: onTime, steps, outcome, readmitted });
    return {};
  };

const accepted = z.object({ stay: z.uuid(), version: z.int().min(1) });

export const markAccepted =
  (db: Database): JobHandler =>
  async ({ variables }) => {
    const { stay: stayId, version } = readInput(accepted, variables);
    await acceptCase(db, { stayId, version });
    return {};
  };

const excluded = z.object({ stay: z.uuid(), reason: z.string() });

export const markExcluded =
  (db: Database): JobHandler =>
  async ({ variables }) => {
    const { stay, reason } = readInput(excluded, variables);
    await excludeStay(db, stay, reason);
    return {};
  };
