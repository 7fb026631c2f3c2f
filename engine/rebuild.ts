/** After Temporal lost workflows: every instance that has none is built anew from its journal (P24), as an operator's `resolve` does one. */
import type { Client } from '@temporalio/client';
import type { Actor } from '#core/process/command.ts';
import type { Database } from '#db/database.ts';
import { countRelayed, readRelayedPage, stopRelay } from '#db/relay.ts';
import { commandIdOf } from './command-id.ts';
import type { Door } from './door.ts';
import type { Progress, RebuildOutcome } from './errands.ts';
import { workflowStatus } from './workflow-status.ts';

export interface RebuildDependencies {
  readonly db: Database;
  readonly client: Client;
  readonly door: Pick<Door, 'resolve'>;
}

export interface RebuildOrder {
  /** The same for a repeated run, so that what was rebuilt is not rebuilt again. */
  readonly id: string;
  readonly byPerson: string;
  readonly byOrganisation: string;
  readonly reason: string;
}

const PAGE = 100;

export async function rebuildMissing(deps: RebuildDependencies, order: RebuildOrder, progress: Progress): Promise<RebuildOutcome> {
  const total = await countRelayed(deps.db);
  const outcome = { looked: 0, rebuilt: 0, left: 0 };
  for (let afterId: string | null = null; ; ) {
    const page = await readRelayedPage(deps.db, { afterId, limit: PAGE });
    for (const { instanceId, isDiverged } of page) {
      outcome.looked += 1;
      if ((await workflowStatus(deps.client, instanceId)) === 'RUNNING') continue;
      // Both records exist and disagree: that is for somebody who has looked at it.
      if (!isDiverged && (await rebuild(deps, order, instanceId))) outcome.rebuilt += 1;
      else outcome.left += 1;
    }
    await progress(outcome.looked, Math.max(total, outcome.looked));
    afterId = page.at(-1)?.instanceId ?? null;
    if (page.length < PAGE) return outcome;
  }
}

async function rebuild({ db, door }: RebuildDependencies, order: RebuildOrder, instanceId: string): Promise<boolean> {
  const { byPerson: personId, byOrganisation: organisationId, reason } = order;
  const actor: Actor = { kind: 'person', personId, organisationId, principals: [`person:${personId}`] };
  await stopRelay(db, { instanceId, error: 'workflow-missing', divergence: null });
  const result = await door.resolve({ instanceId, commandId: commandIdOf(instanceId, 'resolve', order.id), actor, reason });
  return result.kind === 'accepted';
}
