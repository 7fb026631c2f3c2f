/** How a message finds who waits for it: by a keyed hash of its name and key, since a key may be somebody's number. */
import { createHmac } from 'node:crypto';
import type { DataKeys } from './data-keys.ts';

/** Hex. Without a key a message finds whoever waits for its name without a key. */
export async function matchOf(
  keys: Pick<DataKeys, 'findOrCreate'>,
  { name, correlationKey }: { readonly name: string; readonly correlationKey?: string | undefined },
): Promise<string> {
  const key = await keys.findOrCreate('correlation');
  return createHmac('sha256', key.subkey('correlation'))
    .update(JSON.stringify([name, correlationKey ?? null]))
    .digest('hex');
}
