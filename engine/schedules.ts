/**
 * Keeps Temporal's Schedules equal to the timer start events of the latest versions (P19): one for each, made when it is deployed, taken
 * away when the latest version has none. A sweeper: whoever deploys need not know of Temporal, and a Temporal made anew gets them again.
 */
import { type Client, ScheduleAlreadyRunning, ScheduleNotFoundError, ScheduleOverlapPolicy } from '@temporalio/client';
import { canonicalJson } from '#core/journal/canonical.ts';
import type { Database } from '#db/database.ts';
import { readOrganisationContext, readPlatform } from '#db/people.ts';
import { deleteSchedule, readSchedules, type StoredSchedule, storeSchedule } from '#db/schedules.ts';
import { CYCLE, CYCLE_PREFIX } from '#workflows/messages.ts';
import { Loop } from './loop.ts';
import type { DeployedStart, Processes } from './processes.ts';
import { scheduleOf } from './schedule-spec.ts';

export interface SchedulesOptions {
  readonly db: Database;
  readonly client: Client;
  readonly processes: Processes;
  readonly taskQueue: string;
  readonly onError: (error: string) => void;
}

const EVERY_MS = 10_000;
const CATCH_UP = '7 days';

export class Schedules {
  readonly #options: SchedulesOptions;
  readonly #loop: Loop;

  constructor(options: SchedulesOptions) {
    this.#options = options;
    const turn = async (): Promise<boolean> => {
      await this.reconcile();
      return false;
    };
    const onError = (error: unknown): void => options.onError(error instanceof Error ? error.name : 'unknown');
    this.#loop = new Loop({ everyMs: EVERY_MS, turn, onError });
  }

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async reconcile(): Promise<void> {
    const { db, processes } = this.#options;
    const platform = await readPlatform(db);
    const context = platform && (await readOrganisationContext(db, platform));
    // Before there is a network there is nobody for whom anything could begin.
    if (!context) return;
    const wanted = new Map((await processes.starts('timer')).map((start) => [scheduleIdOf(start), start]));
    const stored = new Map((await readSchedules(db)).map((schedule) => [schedule.id, schedule]));
    for (const [id, start] of wanted) await this.#keep(id, start, { known: stored.get(id), zone: context.zone });
    for (const id of stored.keys()) {
      if (wanted.has(id)) continue;
      await this.#remove(id);
      await deleteSchedule(db, id);
    }
  }

  async #keep(
    id: string,
    { event }: DeployedStart,
    { known, zone }: { readonly known: StoredSchedule | undefined; readonly zone: string },
  ): Promise<void> {
    if (event.kind !== 'timer') return;
    const timer = canonicalJson({ ...event.timer, zone });
    const isAnother = known !== undefined && known.timer !== timer;
    if (known && !isAnother && (await this.#isThere(id))) return;
    if (isAnother) await this.#remove(id);
    const { since } = await storeSchedule(this.#options.db, { id, timer });
    const schedule = scheduleOf(event.timer, { since, zone });
    // Deployed before such a timer was refused.
    if (!schedule) return;
    try {
      await this.#options.client.schedule.create({
        scheduleId: id,
        spec: schedule.spec,
        action: { type: 'startWorkflow', workflowType: CYCLE, workflowId: id, taskQueue: this.#options.taskQueue, args: [] },
        // Each time begins an instance of its own, however long another's workflow takes.
        policies: { catchupWindow: CATCH_UP, overlap: ScheduleOverlapPolicy.ALLOW_ALL },
        ...(schedule.remainingActions === undefined ? {} : { state: { remainingActions: schedule.remainingActions } }),
      });
    } catch (error) {
      // Another worker was first.
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    }
  }

  async #isThere(id: string): Promise<boolean> {
    try {
      await this.#options.client.schedule.getHandle(id).describe();
      return true;
    } catch (error) {
      if (error instanceof ScheduleNotFoundError) return false;
      throw error;
    }
  }

  async #remove(id: string): Promise<void> {
    try {
      await this.#options.client.schedule.getHandle(id).delete();
    } catch (error) {
      if (!(error instanceof ScheduleNotFoundError)) throw error;
    }
  }
}

/** Also the workflow's id, to which Temporal adds the time. Ids of BPMN have no colon. */
export const scheduleIdOf = ({ deployment, elementId, definition }: DeployedStart): string =>
  `${CYCLE_PREFIX}${deployment.serviceKey}:${elementId}${definition === undefined ? '' : `:${definition}`}`;
