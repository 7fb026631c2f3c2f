import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  compareNumbers,
  decimalOf,
  divide,
  type FeelNumber,
  modulo,
  multiply,
  numberOf,
  numberText,
  parseNumber,
  round,
  subtract,
} from './number.ts';

const doubles = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 });
const number = (text: string): FeelNumber => parseNumber(text) ?? Number.NaN;

describe('numbers of FEEL', () => {
  it('are decimals of 34 digits', () => {
    expect(add(0.1, 0.2)).toBe(0.3);
    expect(multiply(1.1, 1.1)).toBe(1.21);
    expect(numberText(divide(1, 3) ?? 0)).toBe(`0.${'3'.repeat(34)}`);
    expect(numberText(add(number('12345678901234567890'), 1) ?? 0)).toBe('12345678901234567891');
  });

  it('have one form each, so that === is equality', () => {
    expect(number('1.50')).toBe(1.5);
    expect(number('1e2')).toBe(100);
    expect(subtract(number('12345678901234567890'), number('12345678901234567889'))).toBe(1);
    expect(number('0.10000000000000000001')).not.toBe(0.1);
  });

  it.each([
    ['9999999999999999999999999999999999', '2', '1'],
    ['1e40', '3', '1'],
    ['-1e40', '3', '2'],
    ['10', '-3', '-2'],
    ['-10.5', '3', '1.5'],
    ['-6', '3', '0'],
    ['5.5', '0.1', '0'],
  ])('leave of %s, divided by %s, exactly %s', (a, b, left) => {
    expect(numberText(modulo(number(a), number(b)) ?? Number.NaN)).toBe(left);
  });

  it.each(['', '1.2.3', '0x10', 'Infinity', '1_000', '--1', 'e5'])('"%s" is none', (text) => {
    expect(parseNumber(text)).toBeNull();
  });

  it('are read back from their text', () => {
    fc.assert(
      fc.property(doubles, (n) => {
        expect(compareNumbers(number(numberText(n)), n)).toBe(0);
      }),
    );
  });

  it('are added as decimals, whatever they are', () => {
    fc.assert(
      fc.property(doubles, doubles, (a, b) => {
        expect(compareNumbers(add(a, b) ?? Number.NaN, numberOf(decimalOf(a).plus(decimalOf(b))) ?? Number.NaN)).toBe(0);
      }),
    );
  });

  it('multiply like whole numbers of any size', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer(), (a, b) => {
        expect(numberText(multiply(a, b) ?? Number.NaN)).toBe(String(BigInt(a) * BigInt(b)));
      }),
    );
  });

  it.each([
    [2.5, 0, 'half even', 2],
    [-2.5, 0, 'half up', -3],
    [2.5, 0, 'half down', 2],
    [1.121, 2, 'up', 1.13],
    [-1.126, 2, 'down', -1.12],
    [1234, -2, 'half even', 1200],
    [-1.56, 1, 'floor', -1.6],
    [-1.56, 1, 'ceiling', -1.5],
    [1.5, 0.5, 'up', null],
    [1.5, 7_000, 'up', null],
  ] as const)('%d to %d digits, %s, is %s', (value, scale, rounding, expected) => {
    expect(round(value, scale, rounding)).toBe(expected);
  });
});
