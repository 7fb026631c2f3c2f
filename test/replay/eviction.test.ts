import { afterAll, beforeAll, expect, it } from 'vitest';
import { SEMANTICS } from '#core/process/semantics.ts';
import type { InstanceArgument, InstanceResult } from '#workflows/messages.ts';
import { countEvents, historyOf } from '../support/history.ts';
import { MemoryDoor, recorders } from '../support/memory-door.ts';
import { playedScenario } from '../support/scenario.ts';
import { aTestWorker, type TestWorker } from '../support/temporal-worker.ts';

const INSTANCES = 3;
const doors = new Map<string, MemoryDoor>();
let temporal: TestWorker;

beforeAll(async () => {
  // Two is the least: with none the SDK stalls. Three instances that take turns push each other out at every step.
  temporal = await aTestWorker({ activities: recorders(doors, { isPlayback: true }), cacheSize: 2 });
});
afterAll(() => temporal.stop());

it('consults whose workflows are evicted and replayed all the time come to the same end', async () => {
  const { door: first, commands } = await playedScenario('consult', '01-happy-path');
  const running = await Promise.all(
    Array.from({ length: INSTANCES }, async () => {
      const door = new MemoryDoor(first.graph);
      doors.set(door.instanceId, door);
      const argument: InstanceArgument = { instanceId: door.instanceId, salt: door.salt, semantics: SEMANTICS };
      const handle = await temporal.client.workflow.start<() => Promise<InstanceResult>>('consult', {
        workflowId: door.instanceId,
        taskQueue: temporal.taskQueue,
        args: [{ graphHash: '0'.repeat(64), graph: door.graph }, argument] as never,
      });
      door.follow(handle);
      return { door, handle };
    }),
  );
  for (const command of commands) {
    // In turn, so that the one told next is always the one that was pushed out.
    for (const { door } of running) {
      door.append(command);
      expect(await door.tell()).toMatchObject({ kind: 'confirmed', seq: door.steps.length, hash: door.hash });
    }
  }
  for (const { door, handle } of running) {
    expect(await handle.result()).toEqual({ lastSeq: door.steps.length, lastHash: door.hash, result: 'closed' });
    expect(countEvents(await historyOf(temporal.client, door.instanceId), 'workflowTaskFailedEventAttributes')).toBe(0);
  }
}, 120_000);
