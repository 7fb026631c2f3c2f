/**
 * Keeps recorded histories legible: payloads stay plain JSON, and of a graph only the hash stands in them. The graphs themselves are kept
 * beside the histories, as they were then.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Payload, PayloadCodec } from '@temporalio/common';

export const HISTORIES = fileURLToPath(new URL('./histories', import.meta.url));
const GRAPHS = path.join(HISTORIES, 'graphs');
const ENCODING = 'test/graph';
const HEAD = '{"graphHash":';

const textOf = (data: Uint8Array | null | undefined): string => Buffer.from(data ?? []).toString('utf8');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export class GraphCodec implements PayloadCodec {
  readonly #known = new Map<string, string>();

  encode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.all(
      payloads.map(async (payload) => {
        const text = textOf(payload.data);
        if (!text.startsWith(HEAD)) return payload;
        const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
        if (!this.#known.has(hash)) await this.#keep(hash, text);
        return { metadata: { encoding: bytes(ENCODING) }, data: bytes(hash) };
      }),
    );
  }

  async #keep(hash: string, text: string): Promise<void> {
    this.#known.set(hash, text);
    await mkdir(GRAPHS, { recursive: true });
    await writeFile(path.join(GRAPHS, `${hash}.json`), text);
  }

  decode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.all(
      payloads.map(async (payload) => {
        if (textOf(payload.metadata?.encoding) !== ENCODING) return payload;
        const hash = textOf(payload.data);
        const text = this.#known.get(hash) ?? (await readFile(path.join(GRAPHS, `${hash}.json`), 'utf8'));
        this.#known.set(hash, text);
        return { metadata: { encoding: bytes('json/plain') }, data: bytes(text) };
      }),
    );
  }
}
