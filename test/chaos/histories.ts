/** What Temporal itself recorded of each instance's workflow, over all of its runs. */
import { Connection, isGrpcServiceError } from '@temporalio/client';

export interface WorkflowRecord {
  readonly status: 'RUNNING' | 'COMPLETED' | 'OTHER';
  /** Steps that completed Updates carried; their ids are `<first>-<last>` (P11). */
  readonly toldSeqs: ReadonlySet<number>;
  /** Workflow tasks that failed by the code's fault: a non-determinism above all. Time-outs of killed workers are not among them. */
  readonly failedTasks: number;
}

const NOT_FOUND = 5;
const STATUS_RUNNING = 1;
const STATUS_COMPLETED = 2;
const AT_ONCE = 8;

export async function historiesOf(options: {
  readonly address: string;
  readonly namespace: string;
  readonly ids: readonly string[];
}): Promise<ReadonlyMap<string, WorkflowRecord>> {
  const { address, namespace, ids } = options;
  const connection = await Connection.connect({ address });
  const found = new Map<string, WorkflowRecord>();
  const queue = [...ids];
  const work = async () => {
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      const record = await recordOf(connection, namespace, id);
      if (record !== null) found.set(id, record);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    await connection.close();
  }
  return found;
}

async function recordOf(connection: Connection, namespace: string, workflowId: string): Promise<WorkflowRecord | null> {
  try {
    const { workflowExecutionInfo } = await connection.workflowService.describeWorkflowExecution({ namespace, execution: { workflowId } });
    const status = Number(workflowExecutionInfo?.status);
    const toldSeqs = new Set<number>();
    let failedTasks = 0;
    let runId: string | null | undefined = workflowExecutionInfo?.execution?.runId;
    while (runId) {
      const run = await readRun(connection, namespace, { workflowId, runId });
      for (const seq of run.toldSeqs) toldSeqs.add(seq);
      failedTasks += run.failedTasks;
      runId = run.previousRunId;
    }
    return { status: status === STATUS_RUNNING ? 'RUNNING' : status === STATUS_COMPLETED ? 'COMPLETED' : 'OTHER', toldSeqs, failedTasks };
  } catch (error) {
    if (isGrpcServiceError(error) && error.code === NOT_FOUND) return null;
    throw error;
  }
}

interface Run {
  readonly toldSeqs: readonly number[];
  readonly failedTasks: number;
  readonly previousRunId: string | null;
}

async function readRun(connection: Connection, namespace: string, execution: { workflowId: string; runId: string }): Promise<Run> {
  const acceptedIds = new Map<string, string>();
  const toldSeqs: number[] = [];
  let failedTasks = 0;
  let previousRunId: string | null = null;
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await connection.workflowService.getWorkflowExecutionHistory({
      namespace,
      execution,
      ...(nextPageToken && { nextPageToken }),
    });
    for (const event of page.history?.events ?? []) {
      previousRunId = event.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || previousRunId;
      const accepted = event.workflowExecutionUpdateAcceptedEventAttributes;
      if (accepted) acceptedIds.set(String(event.eventId), accepted.acceptedRequest?.meta?.updateId ?? '');
      const completed = event.workflowExecutionUpdateCompletedEventAttributes;
      if (completed?.outcome?.success)
        toldSeqs.push(...range(acceptedIds.get(String(completed.acceptedEventId)) ?? completed.meta?.updateId ?? ''));
      if (event.workflowTaskFailedEventAttributes) failedTasks++;
    }
    nextPageToken = page.nextPageToken && page.nextPageToken.length > 0 ? page.nextPageToken : undefined;
  } while (nextPageToken);
  return { toldSeqs, failedTasks, previousRunId };
}

function range(updateId: string): readonly number[] {
  const [first = 0, last = 0] = updateId.split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
