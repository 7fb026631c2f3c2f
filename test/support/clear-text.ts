/** Looks for a text in every column of every table, in the encodings in which it could lie there by mistake. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { World } from './world.ts';

/** `table.column` of every column that holds the text as UTF-8, UTF-16, base64, URL-encoded, or deflated. */
export async function clearTextHits(query: World['asOwner'], text: string): Promise<readonly string[]> {
  const columns = await query<{ table_name: string; column_name: string }>(
    `select c.table_name, c.column_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE' order by 1, 2`,
  );
  const hits: string[] = [];
  for (const { table_name, column_name } of columns) {
    const values = await query<{ value: unknown }>(
      `select "${column_name}" as value from "${table_name}" where "${column_name}" is not null`,
    );
    if (values.some(({ value }) => containsText(bytesOf(value), text))) hits.push(`${table_name}.${column_name}`);
  }
  return hits;
}

const bytesOf = (value: unknown): Buffer =>
  Buffer.isBuffer(value) ? value : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

export function containsText(bytes: Buffer, text: string): boolean {
  if (needles(text).some((needle) => bytes.includes(needle))) return true;
  const inflated = tryInflate(bytes);
  return inflated?.includes(text) ?? false;
}

/** Base64 of a text depends on where in its three bytes it begins, and its edges on what stands beside it. */
function needles(text: string): readonly Buffer[] {
  const utf8 = Buffer.from(text);
  const base64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), utf8])
      .toString('base64')
      .replaceAll('=', '');
    return Buffer.from(encoded.slice(offset === 0 ? 0 : 4, -4));
  });
  return [
    utf8,
    Buffer.from(text, 'utf16le'),
    Buffer.from(text, 'utf16le').swap16(),
    Buffer.from(encodeURIComponent(text)),
    Buffer.from(utf8.toString('hex')),
    ...base64,
  ];
}

function tryInflate(bytes: Buffer): Buffer | null {
  if (bytes.length < deflateRawSync('').length) return null;
  try {
    return inflateRawSync(bytes);
  } catch {
    return null;
  }
}
