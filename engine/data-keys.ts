import { randomBytes } from 'node:crypto';
import { insertDataKey, readDataKey } from '#db/data-keys.ts';
import type { Database } from '#db/database.ts';
import { DataKey, KEY_BYTES, type KeyProvider } from './keys.ts';

export type KeyOwner =
  | `instance:${string}`
  | `person:${string}`
  | `file:${string}`
  /** Published from outside: there is no instance whose key it could be under. */
  | `message:${string}`
  | `signal:${string}`
  /** Stay numbers that an organisation listed for its registries. */
  | `registry:${string}`
  /** For the hashes by which messages find who waits for them. */
  | 'correlation';

const CACHED_MAX = 20_000;
/** An erased key is gone from every process after this long at the latest; whoever reads the stored one with it, at once. */
const KEPT_MS = 5 * 60_000;

/** Unwrapped data keys by owner, kept in memory, oldest dropped first. */
export class DataKeys {
  readonly #db: Database;
  readonly #provider: KeyProvider;
  readonly #cache = new Map<KeyOwner, { readonly key: DataKey; readonly until: number }>();

  constructor(db: Database, provider: KeyProvider) {
    this.#db = db;
    this.#provider = provider;
  }

  /** A new key, not stored yet: the door writes it in the statement that creates its owner. */
  async create(): Promise<{ readonly key: DataKey; readonly wrapped: Buffer }> {
    const plain = randomBytes(KEY_BYTES);
    return { key: new DataKey(plain), wrapped: await this.#provider.wrap(plain) };
  }

  /** Null when the key was erased or never was. `wrapped`: what was just read from the store, null when nothing is there. */
  async find(owner: KeyOwner, wrapped?: Buffer | null): Promise<DataKey | null> {
    if (wrapped === null) {
      this.#cache.delete(owner);
      return null;
    }
    const known = this.#cache.get(owner);
    if (known && known.until > Date.now()) return known.key;
    const stored = wrapped ?? (await readDataKey(this.#db, owner));
    if (!stored) {
      this.#cache.delete(owner);
      return null;
    }
    const key = new DataKey(await this.#provider.unwrap(stored));
    this.#remember(owner, key);
    return key;
  }

  async findOrCreate(owner: KeyOwner): Promise<DataKey> {
    const found = await this.find(owner);
    if (found) return found;
    const { wrapped } = await this.create();
    // Two at once: the first stored wins, both read it back.
    await insertDataKey(this.#db, owner, wrapped);
    const key = await this.find(owner);
    if (!key) throw new Error(`The key of ${owner} vanished while it was made.`);
    return key;
  }

  #remember(owner: KeyOwner, key: DataKey): void {
    this.#cache.delete(owner);
    this.#cache.set(owner, { key, until: Date.now() + KEPT_MS });
    if (this.#cache.size <= CACHED_MAX) return;
    const oldest = this.#cache.keys().next().value;
    if (oldest) this.#cache.delete(oldest);
  }
}
