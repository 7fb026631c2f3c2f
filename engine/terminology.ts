/** The terminology servers that the configuration allows, for value sets that forms name and do not hold. */
import type { Page } from '#core/form/terminology/answers.ts';
import type { CodeToCheck, ExternalList, Verdicts } from '#core/form/terminology/external.ts';
import type { Database } from '#db/database.ts';
import { allowedHosts } from './allowed-hosts.ts';
import { CodeChecks } from './code-checks.ts';
import { type Asked, type TellAway, TerminologyServer } from './terminology-server.ts';
import { ValueSetPages } from './value-set-pages.ts';

export interface TerminologySettings {
  /** Base addresses, the first asked first. */
  readonly servers: readonly string[];
  /** What a server is sent as `Authorization`, by its address. */
  readonly authorizations?: ReadonlyMap<string, string>;
  /** Addresses and ranges that their names may lead to, beyond the public network; as `allowedHosts` reads them. */
  readonly hosts: readonly string[];
  readonly ageMsMax: number;
  readonly timeMsMax: number;
}

const ANSWER_BYTES_MAX = 4 * 1024 * 1024;

export class Terminology {
  readonly #servers: readonly TerminologyServer[];
  readonly #pages: ValueSetPages;
  readonly #checks: CodeChecks;

  constructor(deps: { readonly db: Database; readonly tellAway: TellAway }, settings: TerminologySettings) {
    const { servers, authorizations, hosts, ageMsMax, timeMsMax } = settings;
    const allowed = allowedHosts([...servers.map((address) => new URL(address).host), ...hosts]);
    const limits = { hosts: allowed, bytesMax: ANSWER_BYTES_MAX, timeMsMax };
    this.#servers = servers.map((address) => {
      const authorization = authorizations?.get(address);
      return new TerminologyServer({ address, authorization }, limits, deps.tellAway);
    });
    this.#pages = new ValueSetPages({ db: deps.db, ageMsMax });
    this.#checks = new CodeChecks({ pages: this.#pages, serversFor: (preferred) => this.#serversFor(preferred) });
  }

  /** A page of what matches; `away` also where no server is configured. */
  async find({ canonical, servers }: ExternalList, filter: string): Promise<Asked<Page>> {
    let isAway = this.#servers.length === 0;
    for (const server of this.#serversFor(servers)) {
      const asked = await this.#pages.find(server, canonical, filter);
      if (asked.kind === 'answered') return asked;
      isAway ||= asked.kind === 'away';
    }
    return { kind: isAway ? 'away' : 'unknown' };
  }

  check(codes: readonly CodeToCheck[]): Promise<Verdicts> {
    return this.#checks.check(codes);
  }

  /** Those that a form prefers go first, where they are allowed; a form adds none. */
  #serversFor(preferred: readonly string[]): readonly TerminologyServer[] {
    const wanted = preferred.map((address) => address.replace(/\/+$/, ''));
    const rank = ({ address }: TerminologyServer): number => {
      const at = wanted.indexOf(address);
      return at < 0 ? wanted.length : at;
    };
    return this.#servers.toSorted((a, b) => rank(a) - rank(b));
  }
}
