/** A small FHIR terminology server over HTTP, with value sets that a test gives it and troubles that a test wishes. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Heard {
  /** `ValueSet/$expand` … */
  readonly operation: string;
  readonly asked: Readonly<Record<string, string>>;
  readonly authorization: string | undefined;
}

export interface TestTerminologyServer {
  readonly address: string;
  readonly heard: Heard[];
  /** Answers in place of the usual; null: as usual. */
  trouble: ((response: ServerResponse) => void) | null;
  stop(): Promise<void>;
}

type Coding = { readonly system: string; readonly code: string; readonly display: string };

/** Value sets by their url. */
export async function aTerminologyServer(valueSets: Readonly<Record<string, readonly Coding[]>>): Promise<TestTerminologyServer> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://test');
    const asked = Object.fromEntries(url.searchParams);
    const operation = url.pathname.replace('/fhir/', '');
    heard.push({ operation, asked, authorization: request.headers.authorization });
    if (made.trouble) return made.trouble(response);
    const set = valueSets[asked.url ?? ''];
    if (!set) return answer(response, 404, outcome('not-found'));
    if (operation === 'ValueSet/$validate-code') {
      const result = set.some(({ system, code }) => code === asked.code && (asked.system === undefined || system === asked.system));
      return answer(response, 200, { resourceType: 'Parameters', parameter: [{ name: 'result', valueBoolean: result }] });
    }
    const found = set.filter(({ display }) => display.toLowerCase().includes((asked.filter ?? '').toLowerCase()));
    const contains = found.slice(0, Number(asked.count ?? found.length));
    answer(response, 200, { resourceType: 'ValueSet', expansion: { total: found.length, contains } });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const made: TestTerminologyServer = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`,
    heard,
    trouble: null,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return made;
}

export function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/fhir+json' });
  response.end(JSON.stringify(body));
}

export const outcome = (code: string) => ({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code }] });
