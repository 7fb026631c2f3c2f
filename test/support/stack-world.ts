/** The people of the sample and the national network at the web process of a stack: every operation over HTTP with a session; the journal read from its tables. */
import { OPERATIONS, type OperationName } from '#api/operations/index.ts';
import type { ApiClient } from '#bin/api-client.ts';
import { nationalSignInName } from '#bin/seed/national.ts';
import { PEOPLE } from '#bin/seed/people.ts';
import type { ProcessState } from '#core/process/state.ts';
import { openDatabase } from '#db/database.ts';
import { readSteps } from '#db/journal.ts';
import { readInstance } from '#db/stored-instance.ts';
import { openJson } from '#engine/cipher.ts';
import { DataKeys } from '#engine/data-keys.ts';
import { localKeyProvider } from '#engine/keys.ts';
import { openStep } from '#engine/step-codec.ts';
import type { Stack } from './stack.ts';
import type { InputOf, OutputOf, World } from './world.ts';

export type StackWorld = Pick<World, 'call' | 'state' | 'journal' | 'stop'>;

export function stackWorld(stack: Stack): StackWorld {
  const db = openDatabase({ url: stack.databaseUrl, connectionsMax: 2, applicationName: 'stack-world' });
  const keys = new DataKeys(db, localKeyProvider(String(stack.environment.KEY_FILE)));
  const clients = new Map<string, Promise<ApiClient>>();
  const clientOf = (personId: string): Promise<ApiClient> => {
    const client = clients.get(personId) ?? stack.signIn(signInName(personId));
    clients.set(personId, client);
    return client;
  };
  const keyOf = async (instanceId: string) => {
    const key = await keys.find(`instance:${instanceId}`);
    if (!key) throw new Error(`Instance ${instanceId} has no key.`);
    return key;
  };
  return {
    async call<Name extends OperationName>(personId: string, name: Name, input: InputOf<Name>): Promise<OutputOf<Name>> {
      const { method, path } = OPERATIONS[name];
      const rest: Record<string, unknown> = { ...input };
      const resolved = path.replace(/:(\w+)/g, (_, parameter: string) => {
        const value = String(rest[parameter]);
        delete rest[parameter];
        return encodeURIComponent(value);
      });
      const client = await clientOf(personId);
      if (method === 'post' || method === 'put') return client[method]<OutputOf<Name>>(`/api${resolved}`, rest);
      const query = new URLSearchParams(Object.entries(rest).map(([key, value]): [string, string] => [key, String(value)])).toString();
      return client.get<OutputOf<Name>>(`/api${resolved}${query && `?${query}`}`);
    },
    async state(instanceId) {
      const instance = await readInstance(db, instanceId);
      if (!instance) throw new Error(`There is no instance ${instanceId}.`);
      return openJson<ProcessState>(await keyOf(instanceId), 'journal', instance.state);
    },
    async journal(instanceId) {
      const key = await keyOf(instanceId);
      const steps = await readSteps(db, { instanceId, afterSeq: 0, limit: 10_000 });
      return steps.map((step) => ({ ...step, opened: openStep(key, step.body) }));
    },
    stop: () => db.destroy(),
  };
}

const signInName = (personId: string): string => PEOPLE.find(({ id }) => id === personId)?.signInName ?? nationalSignInName(personId);
