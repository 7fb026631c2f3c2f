import { describe, expect, it } from 'vitest';
import type { AnswerValue } from '../questionnaire.ts';
import { isPlaceholder, maskedAnswer } from './mask.ts';

describe('a placeholder', () => {
  it.each([
    ['a mobile number keeps its beginning and its end', { valueString: '13912341111' }, '139••••1111'],
    ['also where it is written with spaces', { valueString: '139 1234 1111' }, '139••••1111'],
    ['an identity number keeps its last four', { valueString: '11010519491231002X' }, '••••002X'],
    ['a record number keeps its last four', { valueString: 'MR-2026-000123' }, '••••0123'],
    ['of a short number nothing is left', { valueString: '1234567' }, '•••'],
    ['of a name nothing is left', { valueString: '欧阳修' }, '•••'],
    ['of a Latin name nothing is left', { valueString: 'Bartholomew' }, '•••'],
    ['of an address nothing is left', { valueString: '杭州市西湖区文三路 1201 室' }, '•••'],
    ['of a text of several lines nothing is left', { valueString: 'A12345678\n青霉素过敏' }, '•••'],
    ['of a date nothing is left', { valueDate: '1980-05-17' }, '•••'],
    ['of a choice nothing is left', { valueCoding: { code: 'male', display: '男' } }, '•••'],
    ['of a file nothing is left, least of all where it is', { valueAttachment: { url: 'file:1', title: '病历.pdf' } }, '•••'],
  ] satisfies [string, AnswerValue, string][])('%s', (_, answer, expected) => {
    const masked = maskedAnswer(answer);
    expect(masked.valueString).toBe(expected);
    expect(Object.keys(masked).sort()).toEqual(['extension', 'valueString']);
    expect(isPlaceholder(masked)).toBe(true);
  });
});
