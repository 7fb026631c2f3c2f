import { z } from 'zod';
import { ROOT_KEY } from '#core/process/step.ts';
import { instanceIdOf } from '#db/instances.ts';
import { notFound } from '../errors.ts';
import { defineOperation } from '../operation.ts';
import { loadInstance, statusFor } from '../read/instance.ts';
import { valueAt } from '../read/summary.ts';
import type { InstanceStatusView } from '../views.ts';

/** IHE PCC Referral Status Query: by the number that both sides know; nobody needs another system's id. */
export const instanceStatus = defineOperation({
  name: 'instanceStatus',
  method: 'get',
  path: '/status/:number',
  summary: 'How an instance stands, by its number: status, open links, and what its flow lets one ask for (`statusFacts`)',
  input: z.object({ number: z.string().max(40) }),
  right: 'signed-in',
  async run(context, { number }): Promise<InstanceStatusView> {
    const id = await instanceIdOf(context.runtime.db, number);
    if (id === null) throw notFound();
    const loaded = await loadInstance(context, id);
    const { graph, descriptor, state } = loaded;
    const variables = state.elements[ROOT_KEY]?.variables ?? {};
    return {
      number,
      status: statusFor(loaded),
      phases:
        loaded.toldUntil !== null
          ? []
          : [...new Set(Object.values(state.tasks).flatMap(({ elementId }) => graph.elements[elementId]?.phase ?? []))],
      facts: Object.fromEntries(descriptor.statusFacts.map((path) => [path, valueAt(variables, path)])),
    };
  },
});
