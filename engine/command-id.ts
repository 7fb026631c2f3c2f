import { createHash } from 'node:crypto';

/**
 * Ids of machine commands: the same cause gives the same UUID, so an activity that runs twice has one effect (P4, P14).
 * Version 8 of RFC 9562, from SHA-256.
 */
export function commandIdOf(...cause: readonly (string | number)[]): string {
  const bytes = createHash('sha256').update(cause.join('\n')).digest().subarray(0, 16);
  bytes[6] = (bytes.readUInt8(6) & 0x0f) | 0x80;
  bytes[8] = (bytes.readUInt8(8) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
