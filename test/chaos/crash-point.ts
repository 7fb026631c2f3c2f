/**
 * Makes the worker that loads it die with `kill -9` at one named moment. The moments are those of `protocol.md`, "Crash
 * points to test"; the product's own code knows nothing of them.
 */
import process from 'node:process';
import { WorkflowClient } from '@temporalio/client';
import { Door, type SubmitRequest } from '#engine/door.ts';
import type { CrashPoint } from './crash-points.ts';

const point = process.env.CRASH_POINT;
/** Only this instance's passings, where one is named. */
const instanceId = process.env.CRASH_INSTANCE || null;
/** Not at the first passing, so that there is something before it. */
let passingsLeft = Number(process.env.CRASH_AFTER_PASSINGS ?? 0);

function pass(name: CrashPoint, whose: string): void {
  if (name !== point || (instanceId !== null && whose !== instanceId)) return;
  if (passingsLeft > 0) passingsLeft--;
  else process.kill(process.pid, 'SIGKILL');
}

const { executeUpdateWithStart, getHandle } = WorkflowClient.prototype;

WorkflowClient.prototype.executeUpdateWithStart = async function (
  this: WorkflowClient,
  ...args: Parameters<typeof executeUpdateWithStart>
) {
  const whose = args[1].startWorkflowOperation.options.workflowId;
  pass('between commit and Update', whose);
  const answer = await executeUpdateWithStart.apply(this, args);
  pass('between Update and its answer', whose);
  return answer;
} as typeof executeUpdateWithStart;

WorkflowClient.prototype.getHandle = function (this: WorkflowClient, ...args: Parameters<typeof getHandle>) {
  const handle = getHandle.apply(this, args);
  const executeUpdate = handle.executeUpdate.bind(handle) as (...given: unknown[]) => Promise<unknown>;
  const crashing = async (...given: unknown[]) => {
    pass('between commit and Update', handle.workflowId);
    const answer = await executeUpdate(...given);
    pass('between Update and its answer', handle.workflowId);
    return answer;
  };
  return Object.assign(handle, { executeUpdate: crashing });
} as typeof getHandle;

const { submit } = Door.prototype;

Door.prototype.submit = async function (this: Door, request: SubmitRequest) {
  const { type } = request.asked as { readonly type?: string };
  if (type === 'timer.fire') pass('between a fired timer and the door', request.instanceId);
  if (type === 'child.complete') pass('between the end of a called process and its caller', request.instanceId);
  if (type === 'seal') pass('between the decision to seal and the seal', request.instanceId);
  const result = await submit.call(this, request);
  if (type === 'timer.fire') pass('between the door and the end of the timer', request.instanceId);
  if (type === 'child.complete') pass('between its caller and the end of the telling', request.instanceId);
  if (type === 'seal') pass('between the seal and the end of the workflow', request.instanceId);
  return result;
};
