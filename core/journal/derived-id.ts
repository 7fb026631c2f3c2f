/**
 * An id that follows from its cause: the same cause gives the same UUID, so what is done twice is done once (P4, P14).
 * Version 8 of RFC 9562, from the first half of a SHA-256.
 */
import { type Digests, PURE_DIGESTS } from './chain.ts';

const VARIANTS = ['8', '9', 'a', 'b'];

export function derivedId(cause: readonly (string | number)[], { sha256 }: Pick<Digests, 'sha256'> = PURE_DIGESTS): string {
  const hex = sha256(cause.join('\n'));
  const variant = VARIANTS[Number.parseInt(hex.charAt(16), 16) % VARIANTS.length];
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
