import { createHash, createHmac } from 'node:crypto';
import type { Digests } from '#core/journal/chain.ts';

/** Node's own: several times as quick as what runs in a workflow's sandbox. */
export const NODE_DIGESTS: Digests = {
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
  hmacSha256: (key, text) => createHmac('sha256', Buffer.from(key, 'hex')).update(text).digest('hex'),
};
