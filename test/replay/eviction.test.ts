import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#core/process/command.ts';
import { SEMANTICS } from '#core/process/semantics.ts';
import type { InstanceArgument, InstanceResult } from '#workflows/messages.ts';
import { endEvent, smallGraph, startEvent, userTask } from '../support/bpmn.ts';
import { countEvents, historyOf } from '../support/history.ts';
import { MemoryDoor, recorders } from '../support/memory-door.ts';
import { playedScenario } from '../support/scenario.ts';
import { aTestWorker, type TestWorker } from '../support/temporal-worker.ts';

const PERSON: Actor = { kind: 'person', personId: 'p-wu-tong', organisationId: 'org-qingling', principals: ['person:p-wu-tong'] };

const doors = new Map<string, MemoryDoor>();
let temporal: TestWorker;

beforeAll(async () => {
  // Two is the least: with none the SDK stalls.
  temporal = await aTestWorker({ activities: recorders(doors, { isPlayback: true }), cacheSize: 2 });
});
afterAll(() => temporal.stop());

async function follow(door: MemoryDoor) {
  doors.set(door.instanceId, door);
  const argument: InstanceArgument = { instanceId: door.instanceId, salt: door.salt, semantics: SEMANTICS };
  const handle = await temporal.client.workflow.start<() => Promise<InstanceResult>>(door.graph.key, {
    workflowId: door.instanceId,
    taskQueue: temporal.taskQueue,
    args: [{ graphHash: '0'.repeat(64), graph: door.graph }, argument] as never,
  });
  door.follow(handle);
  return handle;
}

it('a consult whose workflow is pushed out and replayed at every step comes to the same end', async () => {
  const { door, commands } = await playedScenario('consult', '01-happy-path');
  const handle = await follow(door);
  const graph = await smallGraph(`${startEvent}${userTask('ask')}${endEvent()}`, 'start > ask > end');
  const others = [new MemoryDoor(graph), new MemoryDoor(graph)];
  for (const other of others) {
    await follow(other);
    other.submit(PERSON, { type: 'start', instanceId: other.instanceId, processId: 'p', variables: {} });
  }
  for (const command of commands) {
    door.append(command);
    expect(await door.tell()).toMatchObject({ kind: 'confirmed', seq: door.steps.length, hash: door.hash });
    // Two others take both places.
    for (const other of others) {
      other.submit(PERSON, { type: 'comment', text: 'next', mentions: [], fileIds: [] });
      expect(await other.tell()).toMatchObject({ kind: 'confirmed' });
    }
  }
  expect(await handle.result()).toEqual({ lastSeq: door.steps.length, lastHash: door.hash, result: 'closed' });
  expect(countEvents(await historyOf(temporal.client, door.instanceId), 'workflowTaskFailedEventAttributes')).toBe(0);
}, 120_000);
