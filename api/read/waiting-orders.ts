/** Orders that wait for the platform's operator are routed again when what they may have waited for has changed. */
import { randomUUID } from 'node:crypto';
import { MASTER_DATA_CHANGED, ORDER_SERVICE, SETTLING_ELEMENT } from '#core/master-data/order.ts';
import { readWaitingAt } from '#db/master-data.ts';
import type { Context } from '../operation.ts';

/** Nobody waits for it later: who comes to wait then has read what changed. */
const LIVES_MS = 60_000;

/** How many were told. What of an order cannot be routed yet waits on, with a new reason. */
export async function routeAgain({ runtime, standing }: Context): Promise<number> {
  const waiting = await readWaitingAt(runtime.db, { serviceKey: ORDER_SERVICE, elementId: SETTLING_ELEMENT });
  for (const instanceId of waiting)
    await runtime.publisher.message({
      id: randomUUID(),
      name: MASTER_DATA_CHANGED,
      correlationKey: instanceId,
      variables: {},
      byPerson: standing.person.id,
      organisationId: standing.person.organisation.id,
      timeToLiveMs: LIVES_MS,
    });
  return waiting.length;
}
