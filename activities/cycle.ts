/** Starts an instance when a timer start event is due (P19). */
import { ApplicationFailure } from '@temporalio/common';
import type { Database } from '#db/database.ts';
import { readPlatform } from '#db/people.ts';
import type { Beginnings } from '#engine/beginnings.ts';
import { commandIdOf } from '#engine/command-id.ts';
import type { Processes } from '#engine/processes.ts';
import { scheduleIdOf } from '#engine/schedules.ts';
import type { CycleActivities } from '#workflows/messages.ts';

export interface CycleDependencies {
  readonly db: Database;
  readonly beginnings: Pick<Beginnings, 'fromOutside'>;
  readonly processes: Pick<Processes, 'starts'>;
}

export function createCycleActivities({ db, beginnings, processes }: CycleDependencies): CycleActivities {
  return {
    async startScheduled({ scheduleId, scheduledAt }) {
      const process = (await processes.starts('timer')).find((start) => scheduleIdOf(start) === scheduleId);
      const platform = await readPlatform(db);
      // The latest version has no such start event any more; the sweeper takes the Schedule away.
      if (!process || platform === null) return;
      const result = await beginnings.fromOutside({
        process,
        instanceId: commandIdOf('schedule', scheduleId, scheduledAt),
        actor: { kind: 'system', name: 'schedule' },
        asked: { schedule: scheduleId, scheduledAt },
        startElementId: process.elementId,
        ...(process.definition === undefined ? {} : { definition: process.definition }),
        variables: { scheduledAt },
        organisationId: platform,
      });
      if (result.kind === 'busy') throw ApplicationFailure.retryable('The door is busy.', 'busy');
    },
  };
}
