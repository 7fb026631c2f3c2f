import { type Client, type WorkflowExecutionStatusName, WorkflowNotFoundError } from '@temporalio/client';

/** Of the latest run of the workflow; null where Temporal knows of none. */
export async function workflowStatus(client: Client, workflowId: string): Promise<WorkflowExecutionStatusName | null> {
  try {
    const { status } = await client.workflow.getHandle(workflowId).describe();
    return status.name;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}
