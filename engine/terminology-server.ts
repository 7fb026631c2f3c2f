/**
 * What one terminology server is asked (https://hl7.org/fhir/R4/terminology-service.html): a page of a value set, and whether a code is in one. It
 * hears the address of the value set, the code, and what was typed to search for it; nothing of the form's other answers, of whoever fills it in, or
 * of whom it is about.
 */
import { type Page, readIssueCodes, readPage, readResult } from '#core/form/terminology/answers.ts';
import { canonicalOf } from '#core/form/terminology/canonical.ts';
import { type GetFailure, type GetLimits, getJson } from './get-json.ts';

export type Asked<T> =
  | { readonly kind: 'answered'; readonly value: T }
  /** It does not know the value set, or not how to answer. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'away' };

/** More are not shown at once. A list that is no longer is asked for once and searched here. */
export const PAGE_SIZE = 200;
/** Whoever submits waits; a server that was away a moment ago is not waited for again. */
const AWAY_MS = 15_000;
const FHIR_JSON = 'application/fhir+json';

/** Heard once for each time that a server goes away; `reason` may be the status of its answer. */
export type TellAway = (host: string, reason: GetFailure | number) => void;

export interface ServerAccess {
  /** Without a slash at its end. */
  readonly address: string;
  readonly authorization: string | undefined;
}

export class TerminologyServer {
  #awayUntil = 0;
  readonly address: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(
    { address, authorization }: ServerAccess,
    private readonly limits: GetLimits,
    private readonly tellAway: TellAway,
  ) {
    this.address = address;
    this.#headers = { accept: FHIR_JSON, ...(authorization === undefined ? {} : { authorization }) };
  }

  get wasJustAway(): boolean {
    return Date.now() < this.#awayUntil;
  }

  async page(canonical: string, filter: string): Promise<Asked<Page>> {
    const asked = {
      ...named(canonical),
      ...(filter === '' ? {} : { filter }),
      count: String(PAGE_SIZE),
      activeOnly: 'true',
      includeDesignations: 'true',
    };
    // Too much to list: there is nothing to show until more is typed.
    const onTooCostly: Page = { codings: [], isComplete: false };
    return this.#ask('ValueSet/$expand', asked, (body) => readPage(body, PAGE_SIZE), onTooCostly);
  }

  async holds(canonical: string, { system, code }: { readonly system?: string; readonly code: string }): Promise<Asked<boolean>> {
    const asked = { ...named(canonical), code, ...(system === undefined ? { inferSystem: 'true' } : { system }) };
    return this.#ask('ValueSet/$validate-code', asked, readResult);
  }

  async #ask<T>(
    operation: string,
    asked: Readonly<Record<string, string>>,
    read: (body: unknown) => T | null,
    onTooCostly?: T,
  ): Promise<Asked<T>> {
    const url = new URL(`${this.address}/${operation}?${new URLSearchParams(asked)}`);
    const got = await getJson(url, this.#headers, this.limits);
    if (got.kind === 'failed') return this.#away(got.reason);
    const value = isSuccess(got.status) ? read(got.body) : null;
    if (value !== null) return this.#back({ kind: 'answered', value });
    const codes = readIssueCodes(got.body);
    if (onTooCostly !== undefined && codes.includes('too-costly')) return this.#back({ kind: 'answered', value: onTooCostly });
    // Some servers say with 500 that they do not know a value set, and say so in their outcome.
    const isUnknown = UNKNOWN_STATUS.has(got.status) || codes.some((code) => UNKNOWN_ISSUES.has(code));
    return isUnknown ? this.#back({ kind: 'unknown' }) : this.#away(got.status);
  }

  #back<T>(asked: Asked<T>): Asked<T> {
    this.#awayUntil = 0;
    return asked;
  }

  #away(reason: GetFailure | number): { readonly kind: 'away' } {
    if (!this.wasJustAway) this.tellAway(new URL(this.address).host, reason);
    this.#awayUntil = Date.now() + AWAY_MS;
    return { kind: 'away' };
  }
}

const named = (canonical: string): Readonly<Record<string, string>> => {
  const { url, version } = canonicalOf(canonical);
  return { url, ...(version === undefined ? {} : { valueSetVersion: version }) };
};

const isSuccess = (status: number): boolean => status >= 200 && status <= 299;

/** What was asked cannot be answered, however often it is asked. */
const UNKNOWN_STATUS: ReadonlySet<number> = new Set([400, 404, 410, 422, 501]);
const UNKNOWN_ISSUES: ReadonlySet<string> = new Set(['not-found', 'not-supported', 'code-invalid', 'invalid', 'unknown']);
