import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ApprovedVersion,
  approveDraft,
  beginDraft,
  type DictionaryVersion,
  type Entry,
  replacedOn,
  standingOn,
  versionOn,
} from './dictionary.ts';
import { takeEntries } from './entries.ts';

const ENTRY: Entry = { code: 'CT-CHEST', name: { 'zh-CN': '胸部 CT', en: 'Chest CT' }, specimen: null };
const approved = (version: number, validFrom: string): ApprovedVersion => ({
  dictionary: 'exam',
  version,
  status: 'approved',
  validFrom,
  entries: [ENTRY],
  editedBy: ['writer'],
  approvedBy: 'checker',
});
const draft = (version: number, more: Partial<DictionaryVersion> = {}): DictionaryVersion => ({
  dictionary: 'exam',
  version,
  status: 'draft',
  entries: [ENTRY],
  editedBy: ['writer'],
  ...(more as object),
});
const three = [approved(1, '2026-01-01'), approved(2, '2026-06-01'), draft(3)];

describe('a dictionary in versions', () => {
  it.each([
    ['2025-12-31', null, ['approved', 'approved', 'draft']],
    ['2026-01-01', 1, ['current', 'approved', 'draft']],
    ['2026-05-31', 1, ['current', 'approved', 'draft']],
    ['2026-06-01', 2, ['retired', 'current', 'draft']],
  ])('on %s version %s holds', (date, version, standings) => {
    expect(versionOn(three, date)?.version ?? null).toBe(version);
    expect(three.map((each) => standingOn(three, each, date))).toEqual(standings);
  });

  it('says from when another one holds', () => {
    expect(replacedOn(three, approved(1, '2026-01-01'))).toBe('2026-06-01');
    expect(replacedOn(three, approved(2, '2026-06-01'))).toBeNull();
  });

  it('begins one draft at a time, with what the newest version says', () => {
    expect(beginDraft([], { dictionary: 'exam', by: 'writer' })).toEqual(draft(1, { entries: [] }));
    expect(beginDraft(three.slice(0, 2), { dictionary: 'exam', by: 'writer' })).toEqual(draft(3));
    expect(beginDraft(three, { dictionary: 'exam', by: 'writer' })).toBe('draft-open');
  });

  interface Attempt {
    readonly by?: string;
    readonly validFrom?: string;
    readonly versions?: readonly DictionaryVersion[];
  }
  it.each<[string, Attempt, string]>([
    ['by nobody who wrote it', { by: 'writer' }, 'own-work'],
    ['not for yesterday', { validFrom: '2026-06-30' }, 'valid-from-past'],
    ['not before another version that is to come', { versions: [approved(1, '2026-08-01'), draft(2)] }, 'valid-from-past'],
    ['not without entries', { versions: [draft(1, { entries: [] })] }, 'no-entries'],
    ['not without a draft', { versions: [approved(1, '2026-01-01')] }, 'no-draft'],
  ])('is approved: %s', (_, { versions = three, ...given }, refusal) => {
    expect(approveDraft(versions, { by: 'checker', validFrom: '2026-07-01', today: '2026-07-01', ...given })).toBe(refusal);
  });

  it('is approved by another person, from today on', () => {
    expect(approveDraft(three, { by: 'checker', validFrom: '2026-07-01', today: '2026-07-01' })).toEqual(approved(3, '2026-07-01'));
  });

  it('has on every day at most one version that holds, whatever is approved when', () => {
    const days = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 12 });
    const dayOf = (offset: number): string => new Date(Date.UTC(2026, 0, 1 + offset)).toISOString().slice(0, 10);
    fc.assert(
      fc.property(days, (offsets) => {
        let versions: readonly DictionaryVersion[] = [];
        for (const offset of offsets) {
          const begun = beginDraft(versions, { dictionary: 'exam', by: 'writer' });
          if (typeof begun === 'string') throw new Error(begun);
          const taken = approveDraft([...versions, { ...begun, entries: [ENTRY] }], {
            by: 'checker',
            validFrom: dayOf(offset),
            today: dayOf(0),
          });
          if (typeof taken !== 'string') versions = [...versions, taken];
        }
        for (let offset = 0; offset <= 60; offset += 1) {
          const standings = versions.map((version) => standingOn(versions, version, dayOf(offset)));
          expect(standings.filter((standing) => standing === 'current').length).toBe(versionOn(versions, dayOf(offset)) ? 1 : 0);
          expect(standings).not.toContain('draft');
        }
      }),
    );
  });
});

describe('entries out of a table', () => {
  const row = { code: 'HBA1C', name: '糖化血红蛋白', nameEn: 'HbA1c', specimen: '全血' };

  it('are taken or told with their line', () => {
    const rows = [
      row,
      { ...row, code: 'HB A1C' },
      { ...row, code: 'X1', name: ' ' },
      { ...row, code: 'X2', nameEn: '' },
      { ...row, code: 'X3', specimen: '头发' },
      row,
      { ...row, code: 'X4', specimen: 'Whole blood' },
    ];
    const { entries, results } = takeEntries([], rows, 'test');
    expect(results.map(({ problem }) => problem)).toEqual([
      null,
      'code-invalid',
      'name-missing',
      'name-en-missing',
      'specimen-unknown',
      'repeated',
      null,
    ]);
    expect(entries.map(({ code, specimen }) => [code, specimen])).toEqual([
      ['HBA1C', 'blood'],
      ['X4', 'blood'],
    ]);
  });

  it('take the place of those with their code, and leave the others', () => {
    const { entries } = takeEntries(
      [ENTRY, { ...ENTRY, code: 'B' }],
      [{ code: 'CT-CHEST', name: '胸部 CT 平扫', nameEn: 'Chest CT', specimen: '' }],
      'exam',
    );
    expect(entries.map(({ code, name }) => [code, name['zh-CN']])).toEqual([
      ['CT-CHEST', '胸部 CT 平扫'],
      ['B', '胸部 CT'],
    ]);
  });
});
