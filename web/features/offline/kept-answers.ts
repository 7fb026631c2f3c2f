import type { CommandAnswer, DeviceKeyView } from '#api/views.ts';
import { call } from '#web/lib/api.ts';
import { importDeviceKey, seal, unseal } from './device-cipher.ts';
import { canKeep, deviceStore } from './device-store.ts';
import { isExpired, type KeptContent, type KeptHead, keptOf, type Sending } from './kept.ts';

/** Something that waited was carried out. */
export interface Sent {
  readonly head: KeptHead;
  readonly sending: Sending;
  readonly answer: CommandAnswer;
}

type Release = () => void;
type News = { readonly kind: 'changed' } | { readonly kind: 'sent'; readonly sent: Sent };

const NOTHING: readonly KeptHead[] = [];
const CHANNEL = 'bihuan-kept';

/** What this device keeps for one person: lives as long as their page, and agrees with the other pages of the browser. */
export class KeptAnswers {
  readonly #personId: string;
  readonly #listeners = new Set<() => void>();
  readonly #sentListeners = new Set<(sent: Sent) => void>();
  #channel: BroadcastChannel | null = null;
  #key: Promise<CryptoKey> | null = null;
  #heads: readonly KeptHead[] = NOTHING;

  constructor(personId: string) {
    this.#personId = personId;
  }

  /** From now on the device is this person's. */
  start(): () => void {
    if (!canKeep()) return () => undefined;
    this.#channel = new BroadcastChannel(CHANNEL);
    this.#channel.onmessage = ({ data }: MessageEvent<News>) => {
      if (data.kind === 'sent') this.#hear(data.sent);
      void this.#look();
    };
    void deviceStore()
      .then((store) => store.put('facts', this.#personId, 'signed-in'))
      .then(() => this.#look())
      .catch(() => undefined);
    return () => this.#channel?.close();
  }

  readonly subscribe = (listener: () => void): Release => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly heads = (): readonly KeptHead[] => this.#heads;

  readonly noHeads = (): readonly KeptHead[] => NOTHING;

  onSent(listener: (sent: Sent) => void): Release {
    this.#sentListeners.add(listener);
    return () => this.#sentListeners.delete(listener);
  }

  /** Has the key at hand before the connection goes. */
  prepare(): void {
    if (canKeep()) void this.#deviceKey().catch(() => undefined);
  }

  /** Reads the device anew. What nobody came back for in time is deleted, whosever it was. */
  async list(): Promise<readonly KeptHead[]> {
    if (!canKeep()) return NOTHING;
    const now = new Date();
    const store = await deviceStore();
    const all = (await store.getAll('answers')).map(({ head }) => head);
    await Promise.all(all.filter((head) => isExpired(head, now)).map(({ id }) => store.delete('answers', id)));
    return keptOf(all, this.#personId, now);
  }

  /** As it is kept from now on; null: it is not safe on this device. */
  async keep(head: Omit<KeptHead, 'personId'>, content: KeptContent): Promise<KeptHead | null> {
    if (!canKeep()) return null;
    try {
      const mine = { ...head, personId: this.#personId };
      const sealed = await seal(await this.#deviceKey(), mine, content);
      await (await deviceStore()).put('answers', { head: mine, sealed });
      this.#tell({ kind: 'changed' });
      return mine;
    } catch {
      // Without the key or the room for it; the page says so.
      return null;
    }
  }

  /** Null: it is no longer there. Throws while the key cannot be had. */
  async read(id: string): Promise<{ readonly head: KeptHead; readonly content: KeptContent } | null> {
    const stored = await (await deviceStore()).get('answers', id);
    if (stored?.head.personId !== this.#personId) return null;
    const content = await unseal(await this.#deviceKey(), stored.head, stored.sealed);
    if (content) return { head: stored.head, content };
    // Its key was erased: nobody will ever read it.
    await this.drop([id]);
    return null;
  }

  async change(head: KeptHead): Promise<void> {
    const transaction = (await deviceStore()).transaction('answers', 'readwrite');
    const stored = await transaction.store.get(head.id);
    if (stored?.head.personId === this.#personId) await transaction.store.put({ ...stored, head });
    await transaction.done;
    this.#tell({ kind: 'changed' });
  }

  /** What was to be sent is a draft again; false: it is on its way. */
  async takeBack(id: string): Promise<boolean> {
    const release = await this.hold(id);
    if (release === null) return false;
    try {
      const found = await this.read(id);
      if (found) await this.change({ ...found.head, state: { kind: 'to-save' } });
      return true;
    } finally {
      release();
    }
  }

  async drop(ids: readonly string[]): Promise<void> {
    if (!canKeep()) return;
    const store = await deviceStore();
    await Promise.all(ids.map((id) => store.delete('answers', id)));
    this.#tell({ kind: 'changed' });
  }

  /** At sign-out nothing of the person is left. */
  async leave(): Promise<void> {
    if (!canKeep()) return;
    await this.drop((await this.list()).map(({ id }) => id));
    await (await deviceStore()).delete('facts', 'signed-in');
  }

  tellSent(sent: Sent): void {
    this.#hear(sent);
    this.#channel?.postMessage({ kind: 'sent', sent } satisfies News);
  }

  /**
   * One page at a time writes, saves or sends what is kept under this id; others get null at once. A page that is killed lets go.
   */
  async hold(id: string): Promise<Release | null> {
    if (!canKeep()) return () => undefined;
    return new Promise((resolve, reject) => {
      navigator.locks
        .request(`bihuan-kept:${id}`, { ifAvailable: true }, (lock) => {
          if (lock === null) return resolve(null);
          return new Promise<void>((release) => resolve(release));
        })
        .catch(reject);
    });
  }

  #deviceKey(): Promise<CryptoKey> {
    this.#key ??= call<DeviceKeyView>('/api/me/device-key').then(({ personId, key }) => {
      if (personId !== this.#personId) throw new Error('Somebody else is signed in.');
      return importDeviceKey(key);
    });
    this.#key.catch(() => {
      this.#key = null;
    });
    return this.#key;
  }

  #tell(news: News): void {
    this.#channel?.postMessage(news);
    void this.#look();
  }

  #hear(sent: Sent): void {
    if (sent.head.personId === this.#personId) for (const listener of this.#sentListeners) listener(sent);
  }

  async #look(): Promise<void> {
    // What a page that is alive saves at this moment is nobody's concern.
    const heads = (await this.list().catch(() => this.#heads)).filter(({ state }) => state.kind !== 'saving');
    if (JSON.stringify(heads) === JSON.stringify(this.#heads)) return;
    this.#heads = heads;
    for (const listener of this.#listeners) listener();
  }
}
