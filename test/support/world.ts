/**
 * A network with people in it and the flows deployed, in a database of its own: the product in one process, as the web process keeps
 * it, without Next.js. One world per test file, because the product keeps one runtime per process.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import pg from 'pg';
import type { z } from 'zod';
import { type Context, contextOf, requireRight } from '#api/operation.ts';
import { OPERATIONS, type OperationName } from '#api/operations/index.ts';
import { type Runtime, runtime } from '#api/runtime.ts';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { ProcessState } from '#core/process/state.ts';
import { readSteps, type StoredStep } from '#db/journal.ts';
import { readStanding } from '#db/people.ts';
import { readInstance, type StoredInstance } from '#db/stored-instance.ts';
import { Changes } from '#engine/changes.ts';
import { openJson } from '#engine/cipher.ts';
import { DataKeys } from '#engine/data-keys.ts';
import { Definitions } from '#engine/definitions.ts';
import { Door } from '#engine/door.ts';
import { localKeyProvider } from '#engine/keys.ts';
import { Needs } from '#engine/needs.ts';
import { openStep, type StepBody } from '#engine/step-codec.ts';
import { ApiCaller } from './api-caller.ts';
import { type FreshDatabase, freshDatabase, sharedTemporal } from './shared.ts';

export type InputOf<Name extends OperationName> = z.input<(typeof OPERATIONS)[Name]['input']>;
export type OutputOf<Name extends OperationName> = Awaited<ReturnType<(typeof OPERATIONS)[Name]['run']>>;

/** The parts of the product that a process keeps; a second set has caches of its own, as a second process has. */
export type Parts = Pick<Runtime, 'db' | 'keys' | 'definitions' | 'door'>;

export interface World extends Parts {
  readonly database: FreshDatabase;
  readonly runtime: Runtime;
  readonly baseUrl: string;
  /** An operation as this person, with their rights and without a session. Throws what the API would answer. */
  call<Name extends OperationName>(personId: string, name: Name, input: InputOf<Name>): Promise<OutputOf<Name>>;
  contextOf(personId: string): Promise<Context>;
  /** The HTTP API with an empty cookie jar. */
  caller(): ApiCaller;
  signIn(personId: string): Promise<ApiCaller>;
  /** Another process on the same database. */
  anotherProcess(): Parts;
  instance(instanceId: string): Promise<StoredInstance>;
  state(instanceId: string): Promise<ProcessState>;
  graph(instanceId: string): Promise<ProcessGraph>;
  journal(instanceId: string): Promise<readonly (StoredStep & { readonly opened: StepBody })[]>;
  /** As the role that owns the tables, which may do what the application may not. */
  asOwner<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** As the role of the application. */
  asApplication<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  stop(): Promise<void>;
}

const BASE_URL = 'http://bihuan.test';

export async function aWorld(env: Readonly<Record<string, string>> = {}): Promise<World> {
  const database = await freshDatabase({ hasNetwork: true });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'bihuan-world-'));
  const keyFile = path.join(folder, 'root-key');
  const temporal = sharedTemporal();
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    PUBLIC_URL: BASE_URL,
    SESSION_SECRET: randomBytes(32).toString('base64url'),
    KEY_FILE: keyFile,
    LOG_LEVEL: 'fatal',
    SIGN_IN_ATTEMPTS_PER_MINUTE: '100000',
    ...env,
  });
  const made = runtime();
  const { db, keys, definitions, door } = made;
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 1 });
  const application = new pg.Pool({ connectionString: database.url, max: 1 });
  const query = async <Row extends pg.QueryResultRow>(pool: pg.Pool, text: string, values: readonly unknown[] = []) =>
    (await pool.query<Row>(text, [...values])).rows;

  const world: World = {
    database,
    runtime: made,
    baseUrl: BASE_URL,
    db,
    keys,
    definitions,
    door,
    async contextOf(personId) {
      const standing = await readStanding(db, { personId, sessionId: null });
      if (!standing) throw new Error(`The network has no ${personId}.`);
      return contextOf(made, standing, randomUUID());
    },
    async call<Name extends OperationName>(personId: string, name: Name, input: InputOf<Name>): Promise<OutputOf<Name>> {
      const operation = OPERATIONS[name];
      const context = await world.contextOf(personId);
      requireRight(context, operation.right);
      const run = operation.run as (context: Context, input: unknown) => Promise<unknown>;
      // The name decides both types; TypeScript cannot follow the union through the call.
      return (await run(context, operation.input.parse(input))) as OutputOf<Name>;
    },
    caller: () => new ApiCaller(BASE_URL),
    async signIn(personId) {
      const caller = new ApiCaller(BASE_URL);
      await caller.signIn(personId);
      return caller;
    },
    anotherProcess() {
      const otherKeys = new DataKeys(db, localKeyProvider(keyFile));
      const otherDefinitions = new Definitions(db);
      const needs = new Needs(db);
      return {
        db,
        keys: otherKeys,
        definitions: otherDefinitions,
        door: new Door({ db, keys: otherKeys, definitions: otherDefinitions, needs, changes: new Changes(db) }),
      };
    },
    async instance(instanceId) {
      const found = await readInstance(db, instanceId);
      if (!found) throw new Error(`There is no instance ${instanceId}.`);
      return found;
    },
    async state(instanceId) {
      const { state } = await world.instance(instanceId);
      return openJson<ProcessState>(await keyOf(instanceId), 'journal', state);
    },
    graph: async (instanceId) => definitions.graph((await world.instance(instanceId)).graphHash),
    async journal(instanceId) {
      const key = await keyOf(instanceId);
      const steps = await readSteps(db, { instanceId, afterSeq: 0, limit: 10_000 });
      return steps.map((step) => ({ ...step, opened: openStep(key, step.body) }));
    },
    asOwner: (text, values) => query(owner, text, values),
    asApplication: (text, values) => query(application, text, values),
    async stop() {
      await Promise.all([owner.end(), application.end()]);
      await made.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };

  async function keyOf(instanceId: string) {
    const key = await keys.find(`instance:${instanceId}`);
    if (!key) throw new Error(`Instance ${instanceId} has no key.`);
    return key;
  }
  return world;
}
