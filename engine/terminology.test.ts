/** Several terminology servers, and where they may be. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '#db/database.ts';
import { freshDatabase } from '#test/support/shared.ts';
import { answer, aTerminologyServer, type TestTerminologyServer } from '#test/support/terminology-server.ts';
import { Terminology, type TerminologySettings } from './terminology.ts';

const coding = (code: string) => ({ system: 's', code, display: code });
const BOTH = 'http://x.org/both';
const SECOND = 'http://x.org/second';

let db: Database;
let [first, second]: TestTerminologyServer[] = [];
const away: string[] = [];

beforeAll(async () => {
  const { url } = await freshDatabase();
  db = openDatabase({ url, connectionsMax: 2, applicationName: 'test' });
  first = await aTerminologyServer({ [BOTH]: [coding('of-first')] });
  second = await aTerminologyServer({ [BOTH]: [coding('of-second')], [SECOND]: [coding('only')] });
});
beforeEach(async () => {
  await db.deleteFrom('value_set_page').execute();
  away.length = 0;
  for (const server of [first, second]) if (server) Object.assign(server, { trouble: null }).heard.length = 0;
});
afterAll(async () => {
  await Promise.all([first?.stop(), second?.stop()]);
  await db.destroy();
});

/** As a process that starts anew has it. */
const terminology = (settings: Partial<TerminologySettings> = {}): Terminology =>
  new Terminology(
    { db, tellAway: (host, reason) => away.push(`${host} ${reason}`) },
    { servers: [first?.address ?? '', second?.address ?? ''], hosts: [], ageMsMax: 60_000, timeMsMax: 500, ...settings },
  );
async function found(canonical: string, settings: Partial<TerminologySettings> = {}): Promise<unknown> {
  const asked = await terminology(settings).find({ canonical, servers: [] }, '');
  return asked.kind === 'answered' ? asked.value.codings.map(({ code }) => code) : asked.kind;
}
const portOf = (server: TestTerminologyServer | undefined): string => new URL(server?.address ?? '').port;

describe('of several terminology servers', () => {
  it('the first is asked that knows the value set', async () => {
    expect(await found(BOTH)).toEqual(['of-first']);
    expect(await found(SECOND)).toEqual(['only']);
    expect(await found('http://x.org/none')).toBe('unknown');
  });

  it('one is asked first that the form prefers, a slash at its end or not', async () => {
    const preferring = await terminology().find({ canonical: BOTH, servers: ['http://elsewhere', `${second?.address}/`] }, '');
    expect(preferring).toMatchObject({ kind: 'answered', value: { codings: [coding('of-second')] } });
  });

  it('another stands in for one that is away, and it is told why, once', async () => {
    if (first) first.trouble = (response) => answer(response, 502, {});
    const asking = terminology();
    expect(await asking.find({ canonical: BOTH, servers: [] }, '')).toMatchObject({ value: { codings: [coding('of-second')] } });
    await asking.find({ canonical: BOTH, servers: [] }, '');
    expect(away).toEqual([`127.0.0.1:${portOf(first)} 502`]);
  });

  it('none is asked that is not configured', async () => {
    expect(await found(BOTH, { servers: [] })).toBe('away');
    const verdictOf = await terminology({ servers: [] }).check([{ canonical: BOTH, servers: [first?.address ?? ''], code: 'x' }]);
    expect(verdictOf(BOTH, { code: 'x' })).toBe('unknown');
    expect(first?.heard).toEqual([]);
  });
});

it('a server that asks for credentials is sent its own, and no other is', async () => {
  const authorizations = new Map([[second?.address ?? '', 'Bearer of-second']]);
  expect(await found(SECOND, { authorizations })).toEqual(['only']);
  expect(first?.heard.map(({ authorization }) => authorization)).toEqual([undefined]);
  expect(second?.heard.map(({ authorization }) => authorization)).toEqual(['Bearer of-second']);
});

describe('a name that leads into a private network', () => {
  const named = () => [`http://localhost:${portOf(first)}/fhir`];

  it('is not followed there unless its range is listed', async () => {
    expect(await found(BOTH, { servers: named() })).toBe('away');
    expect(away).toEqual([`localhost:${portOf(first)} private-address`]);
    expect(first?.heard).toEqual([]);
  });

  it('is followed where it is', async () => {
    expect(await found(BOTH, { servers: named(), hosts: ['127.0.0.0/8'] })).toEqual(['of-first']);
  });
});

it('many codes are checked together, each once in a while', async () => {
  const codes = Array.from({ length: 40 }, (_, index) => ({
    canonical: BOTH,
    servers: [],
    system: 's',
    code: index === 7 ? 'of-first' : `c${index}`,
  }));
  const asking = terminology();
  const verdictOf = await asking.check(codes);
  expect(codes.filter((code) => verdictOf(BOTH, code) === 'listed').map(({ code }) => code)).toEqual(['of-first']);
  expect(verdictOf(BOTH, { system: 's', code: 'c1' })).toBe('unlisted');
  await asking.check(codes);
  expect(first?.heard).toHaveLength(40);
});

it('many who open one list at once ask for it once', async () => {
  const asking = terminology();
  await Promise.all(Array.from({ length: 10 }, () => asking.find({ canonical: BOTH, servers: [] }, '')));
  expect(first?.heard).toHaveLength(1);
});
