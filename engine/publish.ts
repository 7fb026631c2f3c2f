/** Messages and signals from outside: what another system, or an operator, tells the processes. Under a key of its own until it is brought. */

import { canonicalJson } from '#core/journal/canonical.ts';
import type { JsonObject } from '#core/json.ts';
import type { Database } from '#db/database.ts';
import { publishMessage } from '#db/messages.ts';
import { publishSignal } from '#db/signals.ts';
import type { Changes } from './changes.ts';
import { commandIdOf } from './command-id.ts';
import { matchOf } from './correlation.ts';
import type { DataKeys } from './data-keys.ts';
import { NODE_DIGESTS } from './digests.ts';
import { sealNews } from './news.ts';

export interface Publication {
  /** Unique per person: published again it has one effect. */
  readonly id: string;
  readonly name: string;
  readonly variables: JsonObject;
  readonly byPerson: string;
  readonly organisationId: string;
}

export interface MessagePublication extends Publication {
  readonly correlationKey?: string | undefined;
  readonly timeToLiveMs: number;
}

export type Published = 'published' | 'known' | 'reused';

export class Publisher {
  readonly #deps: { readonly db: Database; readonly keys: DataKeys; readonly changes: Changes };

  constructor(deps: { readonly db: Database; readonly keys: DataKeys; readonly changes: Changes }) {
    this.#deps = deps;
  }

  async message(message: MessagePublication): Promise<Published> {
    const { name, correlationKey, timeToLiveMs } = message;
    const published = await publishMessage(this.#deps.db, {
      ...(await this.#sealed('message', message)),
      match: await matchOf(this.#deps.keys, { name, correlationKey }),
      isKeyed: correlationKey !== undefined,
      timeToLiveMs,
    });
    this.#deps.changes.announceNews();
    return published;
  }

  async signal(signal: Publication): Promise<Published> {
    const published = await publishSignal(this.#deps.db, await this.#sealed('signal', signal));
    this.#deps.changes.announceNews();
    return published;
  }

  async #sealed(kind: 'message' | 'signal', publication: Publication) {
    const { id, name, variables, byPerson, organisationId } = publication;
    const { key, wrapped } = await this.#deps.keys.create();
    return {
      id: commandIdOf('published', kind, byPerson, id),
      name,
      byPerson,
      organisationId,
      askedHash: NODE_DIGESTS.sha256(canonicalJson(JSON.parse(JSON.stringify(publication)))),
      body: sealNews(key, variables),
      wrappedKey: wrapped,
    };
  }
}
