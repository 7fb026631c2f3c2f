/** What a browser keeps, read as whoever holds the device would: past the pages. */
import type { Page } from 'playwright-core';

interface RawDevice {
  readonly bytes: Buffer;
  readonly count: number;
}

/** Everything in IndexedDB, web storage and caches of the product, as bytes; and how many answers are among it. */
export async function deviceOf(page: Page): Promise<RawDevice> {
  const { texts, count } = await page.evaluate(async () => {
    const texts: string[] = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), JSON.stringify(await caches.keys())];
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const latin = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    const written = (value: unknown): void => {
      if (value instanceof ArrayBuffer) texts.push(latin(new Uint8Array(value)));
      else if (ArrayBuffer.isView(value)) texts.push(latin(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)));
      else if (typeof value === 'object' && value !== null) for (const each of Object.entries(value).flat()) written(each);
      else texts.push(latin(new TextEncoder().encode(String(value))));
    };
    let count = 0;
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const values: unknown[] = await settled(database.transaction(store).objectStore(store).getAll());
        if (store === 'answers') count += values.length;
        values.forEach(written);
      }
      database.close();
    }
    return { texts, count };
  });
  return { bytes: Buffer.concat(texts.map((text) => Buffer.from(text, 'latin1'))), count };
}

/** How many forms the device keeps for anybody. */
export const keptCount = async (page: Page): Promise<number> => (await deviceOf(page)).count;
