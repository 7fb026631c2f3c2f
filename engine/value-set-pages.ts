/**
 * Pages of value sets, kept in the database for all processes: fresh ones are not asked for again, old ones stand in while their server is away
 * (RFC 5861, stale-if-error). What was typed is part of a hash and stored nowhere.
 */
import { createHash } from 'node:crypto';
import type { Page } from '#core/form/terminology/answers.ts';
import { findCodings } from '#core/form/terminology/search.ts';
import type { Database } from '#db/database.ts';
import { readStoredPage, storePage } from '#db/value-sets.ts';
import type { Asked, TerminologyServer } from './terminology-server.ts';

export interface KeptPage {
  readonly page: Page;
  readonly isFresh: boolean;
}

export class ValueSetPages {
  /** Of this process, now: many open the same list at the same moment. */
  readonly #asking = new Map<string, Promise<Asked<Page>>>();

  constructor(private readonly deps: { readonly db: Database; readonly ageMsMax: number }) {}

  /** A list that is known as a whole is searched here. */
  async find(server: TerminologyServer, canonical: string, filter: string): Promise<Asked<Page>> {
    const first = await this.#page(server, canonical, '');
    if (filter === '' || first.kind !== 'answered') return first;
    const { isComplete, codings } = first.value;
    return isComplete
      ? { kind: 'answered', value: { codings: findCodings(codings, filter), isComplete } }
      : this.#page(server, canonical, filter);
  }

  /** The whole of a value set as it was last heard, or null. */
  async whole(server: TerminologyServer, canonical: string): Promise<KeptPage | null> {
    const kept = await this.#kept(keyOf(server, canonical, ''));
    return kept?.page.isComplete ? kept : null;
  }

  async #page(server: TerminologyServer, canonical: string, filter: string): Promise<Asked<Page>> {
    const key = keyOf(server, canonical, filter);
    const kept = await this.#kept(key);
    if (kept?.isFresh) return { kind: 'answered', value: kept.page };
    const asked = await this.#once(key, async () => {
      const answer = await server.page(canonical, filter);
      if (answer.kind === 'answered') await storePage(this.deps.db, { key, canonical, page: answer.value });
      return answer;
    });
    return asked.kind === 'away' && kept ? { kind: 'answered', value: kept.page } : asked;
  }

  async #kept(key: string): Promise<KeptPage | null> {
    const stored = await readStoredPage(this.deps.db, key);
    return stored && { page: stored.page, isFresh: stored.ageMs < this.deps.ageMsMax };
  }

  #once(key: string, ask: () => Promise<Asked<Page>>): Promise<Asked<Page>> {
    const asking = this.#asking.get(key) ?? ask().finally(() => this.#asking.delete(key));
    this.#asking.set(key, asking);
    return asking;
  }
}

const keyOf = ({ address }: TerminologyServer, canonical: string, filter: string): string =>
  createHash('sha256')
    .update(JSON.stringify([address, canonical, filter.toLowerCase()]))
    .digest('hex');
