import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from './dictionary.ts';
import { actOnMapping, DIRECTIONS, MAPPING_ACTS, MAPPING_STATUSES, type Mapping, mappingFor } from './mapping.ts';
import { takeMappings } from './mapping-rows.ts';
import { worklistOf } from './worklist.ts';

const entry = (code: string): Entry => ({ code, name: { 'zh-CN': code, en: code }, specimen: null });
const ENTRIES = ['CT-CHEST', 'MR-HEAD', 'US-HEART'].map(entry);
const mapping = (more: Partial<Mapping> = {}): Mapping => ({
  id: 'm',
  dictionary: 'exam',
  standardCode: 'CT-CHEST',
  organisationId: 'org-a',
  localCode: 'A1',
  localName: '胸 CT',
  direction: 'both',
  validFrom: '2026-01-01',
  validTo: null,
  status: 'approved',
  mappedBy: 'mapper',
  checkedBy: 'checker',
  ...more,
});
const draft = (more: Partial<Mapping> = {}): Mapping => mapping({ status: 'draft', checkedBy: null, ...more });
const act = (given: Mapping, what: (typeof MAPPING_ACTS)[number], by: string, mappings: readonly Mapping[] = []) =>
  actOnMapping(given, what, { by, entries: ENTRIES, mappings });

describe('a mapping', () => {
  it.each([
    ['draft', 'approve', 'approved'],
    ['draft', 'suspend', 'suspended'],
    ['draft', 'reopen', null],
    ['approved', 'approve', null],
    ['approved', 'suspend', 'suspended'],
    ['approved', 'reopen', null],
    ['suspended', 'approve', null],
    ['suspended', 'suspend', null],
    ['suspended', 'reopen', 'draft'],
  ] as const)('that is %s: %s', (status, what, becomes) => {
    const result = act(mapping({ status }), what, 'checker');
    expect(typeof result === 'string' ? result : result.status).toBe(becomes ?? 'mapping-act-not-now');
  });

  it('is approved by somebody other than who wrote it', () => {
    expect(act(draft(), 'approve', 'mapper')).toBe('own-work');
    expect(act(draft(), 'approve', 'checker')).toMatchObject({ status: 'approved', checkedBy: 'checker' });
  });

  it('that is taken up again is the work of whoever did so', () => {
    const reopened = act(mapping({ status: 'suspended' }), 'reopen', 'checker');
    if (typeof reopened === 'string') throw new Error(reopened);
    expect(act(reopened, 'approve', 'checker')).toBe('own-work');
    expect(act(reopened, 'approve', 'mapper')).toMatchObject({ status: 'approved' });
  });

  it('is of a code that holds', () => {
    expect(act(draft({ standardCode: 'GONE' }), 'approve', 'checker')).toBe('code-unknown');
  });

  it.each([
    ['a second local code to send', {}, { localCode: 'A2' }, 'two-local-codes'],
    ['a second local code that is read only', {}, { localCode: 'A2', direction: 'in' }, null],
    ['a second local code later', { validTo: '2026-02-01' }, { localCode: 'A2', validFrom: '2026-02-02' }, null],
    [
      'a second local code on the same last day',
      { validTo: '2026-02-01' },
      { localCode: 'A2', validFrom: '2026-02-01' },
      'two-local-codes',
    ],
    ['the same local code for another of the standard', {}, { standardCode: 'MR-HEAD' }, 'two-standard-codes'],
    ['the same local code, to send only', {}, { standardCode: 'MR-HEAD', direction: 'out' }, null],
    ['the same of another hospital', {}, { organisationId: 'org-b' }, null],
    ['what is suspended', { status: 'suspended' }, { localCode: 'A2' }, null],
    ['that it is not offered, beside a code', {}, { localCode: '', direction: 'none' }, 'two-local-codes'],
  ] as const)('beside an approved one: %s', (_, there, given, refusal) => {
    const result = act(draft({ id: 'n', ...given }), 'approve', 'checker', [mapping(there)]);
    expect(typeof result === 'string' ? result : null).toBe(refusal);
  });

  it.each([
    ['mapped', [mapping()]],
    ['unmapped', []],
    ['unmapped', [mapping({ direction: 'in' })]],
    ['awaiting-check', [draft()]],
    ['awaiting-check', [mapping({ status: 'suspended' }), draft()]],
    ['suspended', [mapping({ status: 'suspended' })]],
    ['out-of-date', [mapping({ validTo: '2026-03-01' })]],
    ['out-of-date', [mapping({ validFrom: '2027-01-01' })]],
    ['not-offered', [mapping({ direction: 'none', localCode: '' })]],
  ] as const)('to send is %s', (kind, mappings) => {
    expect(mappingFor(mappings, { dictionary: 'exam', code: 'CT-CHEST', organisationId: 'org-a', on: '2026-06-01' }).kind).toBe(kind);
  });

  it('never says two things at once, and was never approved by who wrote it, whatever people do', () => {
    const drawn = fc.record({
      standardCode: fc.constantFrom('CT-CHEST', 'MR-HEAD'),
      localCode: fc.constantFrom('A1', 'A2'),
      direction: fc.constantFrom(...DIRECTIONS),
      validFrom: fc.constantFrom('2026-01-01', '2026-02-01'),
      validTo: fc.constantFrom(null, '2026-01-31', '2026-03-01'),
      mappedBy: fc.constantFrom('ann', 'ben'),
    });
    const done = fc.record({ at: fc.nat(5), what: fc.constantFrom(...MAPPING_ACTS), by: fc.constantFrom('ann', 'ben') });
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 1, maxLength: 6 }), fc.array(done, { maxLength: 25 }), (given, acts) => {
        let mappings = given.map((each, index) => draft({ ...each, id: String(index) }));
        for (const { at, what, by } of acts) {
          const one = mappings[at % mappings.length];
          const next = one && actOnMapping(one, what, { by, entries: ENTRIES, mappings });
          if (next && typeof next !== 'string') mappings = mappings.map((each) => (each.id === next.id ? next : each));
        }
        const approved = mappings.filter(({ status }) => status === 'approved');
        expect(approved.filter(({ mappedBy, checkedBy }) => checkedBy === null || checkedBy === mappedBy)).toEqual([]);
        for (const day of ['2026-01-15', '2026-02-01', '2026-02-15', '2026-03-15']) {
          const held = approved.filter((each) => each.validFrom <= day && (each.validTo === null || day <= each.validTo));
          for (const code of ['CT-CHEST', 'MR-HEAD'])
            expect(held.filter((each) => each.standardCode === code && each.direction !== 'in').length).toBeLessThanOrEqual(1);
          for (const local of ['A1', 'A2']) {
            const read = held.filter((each) => each.localCode === local && (each.direction === 'in' || each.direction === 'both'));
            expect(new Set(read.map((each) => each.standardCode)).size).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
    expect(MAPPING_STATUSES).toHaveLength(3);
  });
});

describe('the worklist', () => {
  const of = (mappings: readonly Mapping[]) =>
    worklistOf({ dictionary: 'exam', entries: ENTRIES, mappings, organisationIds: ['org-a'], on: '2026-06-01' });

  it('names every code that a serving hospital cannot be sent, and why', () => {
    expect(of([mapping(), mapping({ standardCode: 'MR-HEAD', status: 'suspended' })]).unmapped).toEqual([
      { organisationId: 'org-a', standardCode: 'MR-HEAD', gap: 'suspended' },
      { organisationId: 'org-a', standardCode: 'US-HEART', gap: 'unmapped' },
    ]);
    expect(of(ENTRIES.map(({ code }) => mapping({ standardCode: code, direction: 'none', localCode: '' }))).unmapped).toEqual([]);
  });

  it('puts together what meets in one code, from either side', () => {
    const [one, other] = [mapping({ direction: 'out' }), draft({ id: 'n', standardCode: 'MR-HEAD' })];
    expect(of([one, other]).manyToOne).toEqual([{ organisationId: 'org-a', meetsIn: 'local', code: 'A1', mappings: [one, other] }]);
    const second = draft({ id: 'o', localCode: 'A2' });
    expect(of([one, second]).manyToOne).toEqual([
      { organisationId: 'org-a', meetsIn: 'standard', code: 'CT-CHEST', mappings: [one, second] },
    ]);
    expect(of([one, { ...second, status: 'suspended' }]).manyToOne).toEqual([]);
  });

  it('says of what awaits its check why it could not be approved', () => {
    const second = draft({ id: 'o', localCode: 'A2' });
    expect(of([mapping(), second]).awaiting).toEqual([{ mapping: second, ambiguity: 'two-local-codes' }]);
  });
});

describe('mappings out of a table', () => {
  const row = {
    standardCode: 'CT-CHEST',
    organisation: '甲医院',
    localCode: 'A1',
    localName: '胸 CT',
    direction: '',
    validFrom: '',
    validTo: '',
  };
  const context = {
    entries: ENTRIES,
    organisations: [{ id: 'org-a', name: '甲医院', nameEn: 'A' }],
    mappings: [mapping({ localCode: 'B1', validFrom: '2026-06-01' })],
    today: '2026-06-01',
  };

  it.each([
    ['taken', {}, null],
    ['taken by the id of the hospital', { organisation: 'org-a' }, null],
    ['of no code of the standard', { standardCode: 'X' }, 'standard-code-unknown'],
    ['of no hospital', { organisation: '乙医院' }, 'organisation-unknown'],
    ['without a local code', { localCode: ' ' }, 'local-code-missing'],
    ['without a local name', { localName: '' }, 'local-name-missing'],
    ['not offered, and so without both', { localCode: '', localName: '', direction: 'none' }, null],
    ['in no direction', { direction: 'sideways' }, 'direction-unknown'],
    ['on no day', { validFrom: '2026-02-30' }, 'dates-invalid'],
    ['over before it begins', { validTo: '2026-05-31' }, 'dates-invalid'],
    ['there already', { localCode: 'B1' }, 'there-already'],
  ] as const)('are %s', (_, given, problem) => {
    expect(takeMappings([{ ...row, ...given }], context).results).toEqual([
      { line: 1, standardCode: 'standardCode' in given ? given.standardCode : 'CT-CHEST', problem },
    ]);
  });

  it('are taken once', () => {
    const { drafts, results } = takeMappings([row, row], context);
    expect(results.map(({ problem }) => problem)).toEqual([null, 'there-already']);
    expect(drafts).toEqual([
      {
        standardCode: 'CT-CHEST',
        organisationId: 'org-a',
        localCode: 'A1',
        localName: '胸 CT',
        direction: 'both',
        validFrom: '2026-06-01',
        validTo: null,
      },
    ]);
  });
});
