/** `bihuan rebuild`: after Temporal lost its workflows, all of them anew from their journals. */
import { parseArgs } from 'node:util';
import { readStanding } from '#db/people.ts';
import { rebuildMissing } from '#engine/rebuild.ts';
import type { CliCommand } from './command.ts';
import { connected } from './connected.ts';

export const rebuild: CliCommand = {
  help: `bihuan rebuild --as PERSON --reason TEXT

Builds every workflow that is missing in Temporal anew from its journal. The journal of each instance keeps who had it done and why.
A worker must run: it tells the new workflows. The same as on the operations page.
Exit code: 0 when none is missing any more, 1 when some are left for an operator to look at.`,
  run: async (args) => {
    const { values } = parseArgs({ args: [...args], options: { as: { type: 'string' }, reason: { type: 'string' } } });
    const { as: personId, reason } = values;
    if (!personId || !reason) {
      console.error(`bihuan rebuild: say who has it done and why.\n\n${rebuild.help}`);
      return 1;
    }
    return connected(async (parts) => {
      const standing = await readStanding(parts.db, { personId, sessionId: null });
      if (!standing) {
        console.error(`bihuan rebuild: there is no person ${personId}.`);
        return 1;
      }
      // One order a day and person: run again, it goes on where it ended.
      const id = `${personId} ${new Date().toISOString().slice(0, 10)}`;
      const order = { id, byPerson: personId, byOrganisation: standing.person.organisation.id, reason };
      const { looked, rebuilt, left } = await rebuildMissing(parts, order, async (done, total) =>
        console.log(`${done} of ${total} looked at`),
      );
      console.log(`${looked} instances, ${rebuilt} rebuilt, ${left} left`);
      return left === 0 ? 0 : 1;
    });
  },
};
