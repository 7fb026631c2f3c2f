/** Offers a job to remote workers: one row, from which they take it (`db/remote-jobs.ts`). */
import type { Database } from '#db/database.ts';
import { offerRemoteJob } from '#db/remote-jobs.ts';
import { commandIdOf } from '#engine/command-id.ts';
import type { InstanceActivities } from '#workflows/messages.ts';

export const offerTo =
  (db: Database): InstanceActivities['offerJob'] =>
  ({ instanceId, effectId, jobType, elementId, notBefore }) =>
    offerRemoteJob(db, {
      id: commandIdOf('job', instanceId, effectId),
      instanceId,
      effectId,
      jobType,
      elementId,
      notBefore: notBefore ?? null,
    });
