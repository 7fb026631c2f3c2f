/**
 * The histories of an instance's runs, wherever they are: in Temporal while it keeps them, then in the archive. Its runs are found from the
 * newest back, each naming the one that continued as it; Temporal's visibility is not asked.
 */
import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type Client, isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import proto, { type temporal } from '@temporalio/proto';
import { type ArchivedRun, readArchive, readArchivedRuns, readReplacedRuns } from '#db/archives.ts';
import type { Database } from '#db/database.ts';
import { type DataKey, decrypt, encrypt } from './keys.ts';

export type History = temporal.api.history.v1.IHistory;
// The package is CommonJS: its names are members of the default export.
const HistoryMessage = proto.temporal.api.history.v1.History;

export interface Run {
  readonly runId: string;
  readonly previousRunId: string | null;
  /** `missing`: a run that must have been, whose history is nowhere. */
  readonly place: 'temporal' | 'archive' | 'missing';
  readonly isOpen: boolean;
}

export interface HistoriesOptions {
  readonly db: Database;
  readonly client: Client;
}

const NOT_FOUND = 5;

export class Histories {
  readonly #db: Database;
  readonly #client: Client;

  constructor({ db, client }: HistoriesOptions) {
    this.#db = db;
    this.#client = client;
  }

  /** From the first run to the current or last one; empty when there is no trace of any. */
  async runsOf(instanceId: string): Promise<readonly Run[]> {
    const archived = await readArchivedRuns(this.#db, instanceId);
    const current = await this.currentRun(instanceId);
    const runs = await this.#back(instanceId, current?.runId ?? newestOf(archived), archived);
    return runs.map((run) => ({ ...run, isOpen: current?.runId === run.runId && current.isOpen }));
  }

  /** Those in whose place a rebuild put others, with the runs before them. */
  async replacedRunsOf(instanceId: string): Promise<readonly Run[]> {
    const replaced = await readReplacedRuns(this.#db, instanceId);
    if (replaced.length === 0) return [];
    const archived = await readArchivedRuns(this.#db, instanceId);
    return (await Promise.all(replaced.map((runId) => this.#back(instanceId, runId, archived)))).flat();
  }

  /** From the first run to this one. */
  async #back(instanceId: string, last: string | null, archived: readonly ArchivedRun[]): Promise<readonly Run[]> {
    const byId = new Map(archived.map((run) => [run.runId, run]));
    const runs: Run[] = [];
    for (let runId = last; runId; ) {
      const run = await this.#run(instanceId, runId, byId.get(runId));
      runs.push(run);
      runId = run.previousRunId;
    }
    return runs.reverse();
  }

  /** Null when it is nowhere, or its key is gone. */
  async read(instanceId: string, { runId, place }: Pick<Run, 'runId' | 'place'>, key: DataKey | null): Promise<History | null> {
    if (place === 'temporal') return (await this.#fetch(instanceId, runId)) ?? null;
    const body = place === 'archive' && key ? await readArchive(this.#db, runId) : null;
    return body && key ? openHistory(key, body) : null;
  }

  async #run(instanceId: string, runId: string, archived: ArchivedRun | undefined): Promise<Run> {
    if (archived) return { runId, previousRunId: archived.previousRunId, place: 'archive', isOpen: false };
    const first = await this.#firstEvent(instanceId, runId);
    if (!first) return { runId, previousRunId: null, place: 'missing', isOpen: false };
    return { runId, previousRunId: previousRunOf(first), place: 'temporal', isOpen: false };
  }

  /** The run that goes on, or the last one; null when Temporal knows of none. */
  async currentRun(instanceId: string): Promise<{ readonly runId: string; readonly isOpen: boolean } | null> {
    try {
      const { runId, status } = await this.#client.workflow.getHandle(instanceId).describe();
      return { runId, isOpen: status.name === 'RUNNING' };
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    }
  }

  async #firstEvent(workflowId: string, runId: string) {
    try {
      const { history } = await this.#client.workflowService.getWorkflowExecutionHistory({
        namespace: this.#client.options.namespace,
        execution: { workflowId, runId },
        maximumPageSize: 1,
      });
      return history?.events?.[0] ?? null;
    } catch (error) {
      if (isGrpcServiceError(error) && error.code === NOT_FOUND) return null;
      throw error;
    }
  }

  async #fetch(instanceId: string, runId: string): Promise<History | null> {
    try {
      return await this.#client.workflow.getHandle(instanceId, runId).fetchHistory();
    } catch (error) {
      if (error instanceof WorkflowNotFoundError || (isGrpcServiceError(error) && error.code === NOT_FOUND)) return null;
      throw error;
    }
  }
}

export const previousRunOf = (first: NonNullable<History['events']>[number]): string | null =>
  first.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || null;

/** The one that no other continued; of several, because there was a rebuild, the last to close. */
function newestOf(archived: readonly ArchivedRun[]): string | null {
  const continued = new Set(archived.map((run) => run.previousRunId));
  return archived.findLast((run) => !continued.has(run.runId))?.runId ?? null;
}

/** Temporal's own bytes. Payloads in them are encrypted already; the rest, such as the times of everything, is so by this. */
export function sealHistory(key: DataKey, history: History): { readonly body: Buffer; readonly sha256: Buffer } {
  const bytes = HistoryMessage.encode(HistoryMessage.fromObject(history)).finish();
  const body = encrypt(key.subkey('archive'), deflateRawSync(bytes));
  return { body, sha256: createHash('sha256').update(body).digest() };
}

export const openHistory = (key: DataKey, body: Buffer): History =>
  HistoryMessage.decode(inflateRawSync(decrypt(key.subkey('archive'), body)));
