/**
 * What leaves us for Temporal: graphs by hash, everything else compressed and encrypted under the key of its instance, which the
 * codec learns from the serialization context (design.md 4). The workflow id is not bound into the ciphertext, so a codec server
 * can decode for Temporal's UI; the owner of the key stands beside it.
 */

import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import { CYCLE_PREFIX, LEGIBLE_MARK } from '#workflows/messages.ts';
import type { DataKeys, KeyOwner } from './data-keys.ts';
import type { Definitions } from './definitions.ts';
import { decrypt, encrypt } from './keys.ts';

const ENCRYPTED = 'bihuan/encrypted';
const GRAPH = 'bihuan/graph';
const PLAIN = 'json/plain';
const GRAPH_HEAD = /^\{"graphHash":"([0-9a-f]{64})","graph":\{/;
/** Longest text in which the head of a graph argument can end. */
const HEAD_BYTES = 96;
/** Summaries are short; what is longer is no summary. */
const LEGIBLE_BYTES_MAX = 1_000;
/** The answer to Temporal's own metadata query holds the current details and names of handlers, nothing of ours. */
const METADATA_HEAD = '{"definition":{"type":';
const METADATA_SHAPE = 'currentDetails definition queryDefinitions signalDefinitions type updateDefinitions';

export class InstanceCodec implements PayloadCodec {
  readonly #keys: Pick<DataKeys, 'find'>;
  readonly #definitions: Pick<Definitions, 'graphText'>;

  constructor(dependencies: { readonly keys: Pick<DataKeys, 'find'>; readonly definitions: Pick<Definitions, 'graphText'> }) {
    this.#keys = dependencies.keys;
    this.#definitions = dependencies.definitions;
  }

  encode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    return Promise.all(payloads.map((payload) => this.#encode(payload, context?.workflowId)));
  }

  decode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    return Promise.all(payloads.map((payload) => this.#decode(payload, context?.workflowId)));
  }

  async #encode(payload: Payload, instanceId: string | undefined): Promise<Payload> {
    if (isLegible(payload) || instanceId?.startsWith(CYCLE_PREFIX)) return payload;
    const graphHash = await this.#graphHashOf(payload);
    if (graphHash) return { metadata: { encoding: bytes(GRAPH) }, data: bytes(graphHash) };
    if (!instanceId) throw new Error('A payload without a workflow has no key to be encrypted with.');
    const owner: KeyOwner = `instance:${instanceId}`;
    const key = await this.#keys.find(owner);
    // The key was erased while the workflow ran its last step: nothing personal may be written any more.
    if (!key) return tombstone();
    const sealed = encrypt(key.subkey('payload'), deflateRawSync(frame(payload)));
    return { metadata: { encoding: bytes(ENCRYPTED), key: bytes(owner) }, data: sealed };
  }

  async #decode(payload: Payload, instanceId: string | undefined): Promise<Payload> {
    const encoding = textOf(payload.metadata?.encoding);
    if (encoding === GRAPH) {
      return { metadata: { encoding: bytes(PLAIN) }, data: bytes(await this.#graphArgument(textOf(payload.data))) };
    }
    if (encoding !== ENCRYPTED) return payload;
    const owner = textOf(payload.metadata?.key) as KeyOwner;
    // A payload moved from one history into another. A codec server knows no workflow and reads each on its own.
    if (instanceId && owner !== `instance:${instanceId}`) throw new Error(`A payload of ${instanceId} belongs to another instance.`);
    const key = await this.#keys.find(owner);
    if (!key || !payload.data) return tombstone();
    return unframe(inflateRawSync(decrypt(key.subkey('payload'), payload.data)));
  }

  /** Only for the very graph that is stored under the hash: anything else would not come back. */
  async #graphHashOf(payload: Payload): Promise<string | null> {
    const hash = GRAPH_HEAD.exec(textOf(payload.data?.subarray(0, HEAD_BYTES)))?.[1];
    if (!hash) return null;
    const stored = await this.#graphArgument(hash).catch(() => null);
    return stored === textOf(payload.data) ? hash : null;
  }

  async #graphArgument(hash: string): Promise<string> {
    return `{"graphHash":"${hash}","graph":${await this.#definitions.graphText(hash)}}`;
  }
}

/** P25: what stands in place of a payload whose key was erased. */
const tombstone = (): Payload => ({ metadata: { encoding: bytes(PLAIN) }, data: bytes('{"erased":true}') });

function isLegible(payload: Payload): boolean {
  if (!payload.data || textOf(payload.metadata?.encoding) !== PLAIN) return payload.data === undefined || payload.data === null;
  const head = textOf(payload.data.subarray(0, HEAD_BYTES));
  if (head.startsWith(`"${LEGIBLE_MARK}`)) return payload.data.length <= LEGIBLE_BYTES_MAX;
  return head.startsWith(METADATA_HEAD) && isMetadata(JSON.parse(textOf(payload.data)));
}

/** Exactly Temporal's own fields: nobody else's object is let through because it begins alike. */
function isMetadata(value: Readonly<Record<string, unknown>> & { readonly definition: object }): boolean {
  return [...Object.keys(value), ...Object.keys(value.definition)].sort().join(' ') === METADATA_SHAPE;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (data: Uint8Array | null | undefined): string =>
  data ? Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('utf8') : '';

const LENGTH_BYTES = 4;

/** Metadata as JSON with its length before it, then the data. */
function frame(payload: Payload): Buffer {
  const metadata = Buffer.from(
    JSON.stringify(Object.entries(payload.metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')])),
  );
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(metadata.length);
  return Buffer.concat([length, metadata, payload.data ?? Buffer.alloc(0)]);
}

function unframe(framed: Buffer): Payload {
  const end = LENGTH_BYTES + framed.readUInt32BE(0);
  const pairs = JSON.parse(framed.subarray(LENGTH_BYTES, end).toString('utf8')) as [string, string][];
  return {
    metadata: Object.fromEntries(pairs.map(([name, value]) => [name, new Uint8Array(Buffer.from(value, 'base64'))])),
    data: new Uint8Array(framed.subarray(end)),
  };
}
