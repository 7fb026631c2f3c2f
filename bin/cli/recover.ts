/** `bihuan recover`: after a restore of PostgreSQL, the steps that Temporal and the archive know more. */
import { parseArgs } from 'node:util';
import { readArchivedInstances } from '#db/archives.ts';
import { type Recovery, recoverInstance } from '#engine/recovery.ts';
import { describeFlow } from '../describe-flow.ts';
import type { CliCommand } from './command.ts';
import { type Connected, connected } from './connected.ts';

export const recover: CliCommand = {
  help: `bihuan recover [INSTANCE…] [--dry-run]

Brings back into the journal the steps that workflows confirmed and a restored database does not have, from the histories in Temporal and
from the archive; without instances, of all. Run it before web and workers are started on the restored database. Forms are not in
histories: the answers of lost submissions stay lost, what the process made of them comes back.
Exit code: 0 when the journal holds all that was confirmed, 1 when something could not be brought back; it is named.`,
  run: async (args) => {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { 'dry-run': { type: 'boolean' } } });
    const isDryRun = values['dry-run'] ?? false;
    return connected((parts) => recoverAll(parts, positionals, isDryRun));
  },
};

async function recoverAll(parts: Connected, given: readonly string[], isDryRun: boolean): Promise<number> {
  const deps = { ...parts, describe: describeFlow(parts.definitions) };
  const counts = { whole: 0, imported: 0, steps: 0, submissionsLost: 0, failed: 0 };
  for await (const id of given.length > 0 ? given : everybody(parts)) {
    const recovery = await recoverInstance(deps, id, { isDryRun });
    if (recovery.kind !== 'whole') console.log(`${id}: ${inWords(recovery)}`);
    if (recovery.kind === 'whole' || recovery.kind === 'erased') counts.whole += 1;
    else if (recovery.kind !== 'imported') counts.failed += 1;
    else {
      counts.imported += 1;
      counts.steps += recovery.steps;
      counts.submissionsLost += recovery.submissionsLost;
    }
  }
  const { whole, imported, steps, submissionsLost, failed } = counts;
  const done = isDryRun ? 'would be brought back' : 'brought back';
  console.log(
    `${whole} instances whole, ${steps} steps of ${imported} ${done} (${submissionsLost} without their answers), ${failed} could not be`,
  );
  return failed === 0 ? 0 : 1;
}

/** Each once: those that Temporal still knows, then those that only the archive does. A program of an operator may ask its visibility. */
async function* everybody({ client, db }: Connected): AsyncGenerator<string> {
  const seen = new Set<string>();
  for await (const { workflowId } of client.workflow.list()) {
    if (!isInstanceId(workflowId) || seen.has(workflowId)) continue;
    seen.add(workflowId);
    yield workflowId;
  }
  for (const id of await readArchivedInstances(db)) if (!seen.has(id)) yield id;
}

const isInstanceId = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);

function inWords(recovery: Recovery): string {
  switch (recovery.kind) {
    case 'whole':
      return 'whole';
    case 'imported':
      return `${recovery.steps} steps${recovery.isNew ? ', the instance itself' : ''}${recovery.isSealed ? ' and the seal' : ''}, ${recovery.submissionsLost} without their answers`;
    case 'erased':
      return 'erased, and left so';
    case 'conflict':
      return `went on otherwise from step ${recovery.seq}: look at both, then "resolve" on the operations page follows the journal`;
    case 'key-missing':
      return 'its key is gone: restore the keys first, or it was erased';
    case 'history-missing':
      return 'its history is nowhere, neither in Temporal nor in the archive';
  }
}
