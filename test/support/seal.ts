/** Ends the following of an instance as its workflow and the relay would, of which there is none in the test: the seal, then every step confirmed. */
import { randomUUID } from 'node:crypto';
import { confirmSteps, leaseInstances } from '#db/relay.ts';
import type { World } from './world.ts';

export async function seal(world: World, instanceId: string): Promise<void> {
  const { lastSeq, lastHash } = await world.instance(instanceId);
  const body = { type: 'seal' as const, runIds: [randomUUID()], lastSeq, lastHash };
  const result = await world.door.submit({
    instanceId,
    commandId: randomUUID(),
    actor: { kind: 'system', name: 'workflow' },
    asked: body,
    prepare: () => ({ kind: 'ready', body }),
  });
  if (result.kind !== 'accepted') throw new Error(`${instanceId} is not sealed: ${JSON.stringify(result)}`);
}

export async function confirmAll(world: World, instanceId: string): Promise<void> {
  const workerId = randomUUID();
  const leased = await leaseInstances(world.db, { workerId, leaseSeconds: 30, limit: 1_000 });
  const seq = leased.find((instance) => instance.instanceId === instanceId)?.lastSeq ?? 0;
  await world.asOwner('update relay set lease_by = null, lease_until = null where instance_id <> $1', [instanceId]);
  if (!(await confirmSteps(world.db, { instanceId, workerId, seq, isEnded: true }))) throw new Error(`${instanceId} is not confirmed.`);
}
