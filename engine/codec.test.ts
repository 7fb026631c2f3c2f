import { randomUUID } from 'node:crypto';
import { defaultPayloadConverter, type Payload, type SerializationContext } from '@temporalio/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { containsText } from '#test/support/clear-text.ts';
import { aConsult } from '#test/support/consult.ts';
import { aWorld, type World } from '#test/support/world.ts';
import { LEGIBLE_MARK } from '#workflows/messages.ts';
import { InstanceCodec } from './codec.ts';

const CANARY = '金丝雀王小明';

let world: World;
let codec: InstanceCodec;
let instanceId: string;
beforeAll(async () => {
  world = await aWorld();
  codec = new InstanceCodec(world);
});
afterAll(() => world.stop());
beforeEach(async () => {
  ({ id: instanceId } = await aConsult(world));
});

const of = (workflowId: string): SerializationContext => ({ type: 'workflow', namespace: 'test', workflowId });
const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const encodingOf = (payload: Payload | undefined): string => Buffer.from(payload?.metadata?.encoding ?? []).toString();
const bytesOf = (payload: Payload | undefined): Buffer => Buffer.from(payload?.data ?? []);

async function encode(value: unknown, workflowId = instanceId): Promise<Payload> {
  const [encoded] = await codec.encode([payloadOf(value)], of(workflowId));
  if (!encoded) throw new Error('One payload in, one out.');
  return encoded;
}

async function decode(payload: Payload, workflowId = instanceId, by: InstanceCodec = codec): Promise<unknown> {
  const [decoded] = await by.decode([payload], of(workflowId));
  if (!decoded) throw new Error('One payload in, one out.');
  return defaultPayloadConverter.fromPayload(decoded);
}

describe('a graph', () => {
  it('leaves us as its hash only and comes back whole', async () => {
    const { graphHash } = await world.instance(instanceId);
    const argument = { graphHash, graph: await world.graph(instanceId) };
    const encoded = await encode(argument);
    expect(encodingOf(encoded)).toBe('bihuan/graph');
    expect(bytesOf(encoded).toString()).toBe(graphHash);
    expect(await decode(encoded)).toEqual(argument);
    // Another process has to read it from the store.
    expect(await decode(encoded, instanceId, new InstanceCodec(world.anotherProcess()))).toEqual(argument);
  });

  it('of a key that was erased still comes back: a definition is nobody’s data', async () => {
    const { graphHash } = await world.instance(instanceId);
    const encoded = await encode({ graphHash, graph: await world.graph(instanceId) });
    await erase(instanceId);
    expect(await decode(encoded)).toMatchObject({ graphHash });
  });
});

describe('every other payload', () => {
  it.each([
    ['an object', { command: { text: CANARY } }],
    ['a text', CANARY],
    ['a long text', `${CANARY} `.repeat(20_000)],
    ['a number', 42],
    ['null', null],
    ['a list', [CANARY]],
  ])('is encrypted and comes back: %s', async (_name, value) => {
    const encoded = await encode(value);
    expect(encodingOf(encoded)).toBe('bihuan/encrypted');
    expect(containsText(bytesOf(encoded), CANARY)).toBe(false);
    expect(await decode(encoded)).toEqual(value);
  });

  it('keeps its bytes and metadata, whatever its encoding', async () => {
    const binary = payloadOf(new Uint8Array([0, 1, 2, 255]));
    const [encoded] = await codec.encode([binary], of(instanceId));
    expect(encodingOf(encoded)).toBe('bihuan/encrypted');
    const [decoded] = await codec.decode(encoded ? [encoded] : [], of(instanceId));
    expect(encodingOf(decoded)).toBe('binary/plain');
    expect([...bytesOf(decoded)]).toEqual([0, 1, 2, 255]);
  });

  it('is compressed before it is encrypted', async () => {
    expect(bytesOf(await encode('x'.repeat(100_000))).length).toBeLessThan(1_000);
  });

  it('is never the same twice, so that equal values cannot be told', async () => {
    expect(bytesOf(await encode('same')).equals(bytesOf(await encode('same')))).toBe(false);
  });

  it('is refused without a workflow whose key it could have', async () => {
    await expect(codec.encode([payloadOf(CANARY)])).rejects.toThrow(/no key/);
  });

  it('is read by a codec server, which knows no workflow', async () => {
    const [decoded] = await codec.decode([await encode(CANARY)]);
    expect(decoded && defaultPayloadConverter.fromPayload(decoded)).toBe(CANARY);
  });
});

describe('a ciphertext', () => {
  it('of another instance is refused, though its key is at hand', async () => {
    const { id: other } = await aConsult(world);
    const swapped = await encode(CANARY, other);
    await expect(decode(swapped, instanceId)).rejects.toThrow(/another instance/);
  });

  it('under the name of another owner is refused', async () => {
    const { id: other } = await aConsult(world);
    const encoded = await encode(CANARY, other);
    const renamed: Payload = { ...encoded, metadata: { ...encoded.metadata, key: Buffer.from(`instance:${instanceId}`) } };
    await expect(decode(renamed)).rejects.toThrow();
  });

  it('with one bit changed is refused', async () => {
    const encoded = await encode(CANARY);
    const data = bytesOf(encoded);
    data.writeUInt8(data.readUInt8(20) ^ 1, 20);
    await expect(decode({ ...encoded, data })).rejects.toThrow();
  });
});

describe('after erasure', () => {
  it('a payload is a tombstone, and nothing throws', async () => {
    const encoded = await encode({ patient: CANARY });
    await erase(instanceId);
    const elsewhere = new InstanceCodec(world.anotherProcess());
    expect(await decode(encoded, instanceId, elsewhere)).toEqual({ erased: true });
    const [late] = await elsewhere.encode([payloadOf({ patient: CANARY })], of(instanceId));
    expect(bytesOf(late).toString()).toBe('{"erased":true}');
  });

  it('of one instance every other is read as before', async () => {
    const { id: other } = await aConsult(world);
    const encoded = await encode(CANARY, other);
    await erase(instanceId);
    expect(await decode(encoded, other, new InstanceCodec(world.anotherProcess()))).toBe(CANARY);
  });

  it('of an id that never was, encoding gives a tombstone too', async () => {
    expect(bytesOf(await encode(CANARY, randomUUID())).toString()).toBe('{"erased":true}');
  });
});

describe('legible texts', () => {
  it('are summaries that begin with our mark', async () => {
    expect(bytesOf(await encode(`${LEGIBLE_MARK}审核 Review: deadline`)).toString()).toContain('审核');
  });

  it.each([
    ['a text with the mark in its middle', `说明 ${LEGIBLE_MARK}${CANARY}`],
    ['an object that begins with it', { [LEGIBLE_MARK]: CANARY }],
    ['a list that begins with it', [`${LEGIBLE_MARK}${CANARY}`]],
    ['what looks like the answer to a metadata query', { definition: { type: 'x', text: CANARY } }],
    ['what looks like a graph', { graphHash: 'a'.repeat(64), graph: { text: CANARY } }],
    ['a long text with the mark', `${LEGIBLE_MARK}${CANARY.repeat(100)}`],
  ])('are not: %s', async (_name, value) => {
    const encoded = await encode(value);
    expect(encodingOf(encoded)).toBe('bihuan/encrypted');
    expect(await decode(encoded)).toEqual(value);
  });
});

const erase = (id: string) => world.asOwner('delete from data_key where owner = $1', [`instance:${id}`]);
