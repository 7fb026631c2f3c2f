/**
 * Whether codes are in the value sets of a form that only terminology servers know. Asked before an instance is decided, within a few seconds: what
 * nobody answers by then is unknown, and does not keep anybody from going on.
 */
import { type CodeToCheck, codeKey, type Verdict, type Verdicts } from '#core/form/terminology/external.ts';
import { isSameValue } from '#core/form/value.ts';
import type { TerminologyServer } from './terminology-server.ts';
import type { KeptPage, ValueSetPages } from './value-set-pages.ts';

const AT_A_TIME = 8;
/** After which no further code is asked about; the last one may take as long again as a server is waited for. */
const CHECK_MS_MAX = 4_000;
/** The same submission comes twice when two people act at once, and then it waits inside a lock. */
const REMEMBERED_MS = 60_000;
const REMEMBERED_MAX = 5_000;

export interface CheckDeps {
  readonly pages: ValueSetPages;
  readonly serversFor: (preferred: readonly string[]) => readonly TerminologyServer[];
}

export class CodeChecks {
  readonly #remembered = new Map<string, { readonly verdict: Verdict; readonly until: number }>();

  constructor(private readonly deps: CheckDeps) {}

  async check(codes: readonly CodeToCheck[]): Promise<Verdicts> {
    const found = new Map<string, Verdict>();
    const open = [...codes];
    const deadline = Date.now() + CHECK_MS_MAX;
    const work = async (): Promise<void> => {
      for (let code = open.shift(); code && Date.now() < deadline; code = open.shift()) {
        found.set(codeKey(code.canonical, code), await this.#verdictOf(code));
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
    return (canonical, coding) => found.get(codeKey(canonical, coding)) ?? 'unknown';
  }

  async #verdictOf(code: CodeToCheck): Promise<Verdict> {
    const key = codeKey(code.canonical, code);
    const remembered = this.#remembered.get(key);
    if (remembered && Date.now() < remembered.until) return remembered.verdict;
    for (const server of this.deps.serversFor(code.servers)) {
      const verdict = await this.#ask(server, code);
      if (verdict === 'unknown') continue;
      if (this.#remembered.size >= REMEMBERED_MAX) this.#remembered.clear();
      this.#remembered.set(key, { verdict, until: Date.now() + REMEMBERED_MS });
      return verdict;
    }
    return 'unknown';
  }

  async #ask(server: TerminologyServer, code: CodeToCheck): Promise<Verdict> {
    const whole = await this.deps.pages.whole(server, code.canonical);
    if (whole?.isFresh) return verdictBy(whole, code);
    if (!server.wasJustAway) {
      const asked = await server.holds(code.canonical, code);
      if (asked.kind === 'answered') return asked.value ? 'listed' : 'unlisted';
    }
    // An old list may lack what is new: it lets through, and refuses nothing.
    return whole && verdictBy(whole, code) === 'listed' ? 'listed' : 'unknown';
  }
}

const verdictBy = ({ page }: KeptPage, valueCoding: Pick<CodeToCheck, 'system' | 'code'>): Verdict =>
  page.codings.some((coding) => isSameValue({ valueCoding: coding }, { valueCoding })) ? 'listed' : 'unlisted';
