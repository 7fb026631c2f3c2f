import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDoses, doseCapped, doseDivided, dosePerWeight, doseRounded, doseSum, doseTimes, isDose } from './dose.ts';

/** Thousandths, so that a check in whole numbers is exact. */
const thousandths = fc.integer({ min: 0, max: 99_999_999 });
const written = (n: number | bigint): string =>
  `${BigInt(n) / 1_000n}.${String(BigInt(n) % 1_000n).padStart(3, '0')}`.replace(/\.?0+$/, '');

describe('doses on decimal text', () => {
  it.each([
    ['0', true],
    ['12', true],
    ['0.125', true],
    ['12.50', true],
    ['', false],
    ['-1', false],
    ['.5', false],
    ['5.', false],
    ['007', false],
    ['1e3', false],
    ['1,5', false],
    [' 1', false],
    ['9'.repeat(31), false],
  ])('"%s" is a dose: %s', (text, expected) => {
    expect(isDose(text)).toBe(expected);
  });

  it.each([
    ['per weight', dosePerWeight('7.5', '12.4'), '93'],
    ['per weight of a newborn', dosePerWeight('0.05', '0.875'), '0.04375'],
    ['times', doseTimes('2.5', '0.5'), '1.25'],
    ['sum', doseSum(['0.1', '0.2']), '0.3'],
    ['sum of none', doseSum([]), undefined],
    ['rounded down', doseRounded('93.7', '2.5', 'down'), '92.5'],
    ['rounded up', doseRounded('93.7', '2.5', 'up'), '95'],
    ['rounded half up', doseRounded('93.75', '2.5', 'half up'), '95'],
    ['rounded to nothing', doseRounded('93.7', '0', 'down'), undefined],
    ['a third', doseDivided('100', '3', { step: '0.1', rounding: 'down' }), '33.3'],
    ['parts of nothing', doseDivided('100', '0', { step: '0.1', rounding: 'down' }), undefined],
    ['rounded once', doseDivided('1', '3', { step: '0.0001', rounding: 'half up' }), '0.3333'],
    ['capped', doseCapped('120', '100'), '100'],
    ['not capped', doseCapped('99.9', '100'), '99.9'],
    ['of what is no dose', dosePerWeight('7.5', '12,4'), undefined],
  ])('%s: %s', (_, found, expected) => {
    expect(found).toBe(expected);
  });

  it('are told apart as numbers, not as texts', () => {
    expect(compareDoses('9', '10')).toBe(-1);
    expect(compareDoses('5.0', '5')).toBe(0);
    expect(compareDoses('x', '5')).toBeUndefined();
  });

  it('sum to the thousandth, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(thousandths, { minLength: 1, maxLength: 20 }), (parts) => {
        expect(doseSum(parts.map(written))).toBe(written(parts.reduce((total, part) => total + part, 0)));
      }),
    );
  });

  it('multiply exactly, whatever they are', () => {
    fc.assert(
      fc.property(thousandths, thousandths, (a, b) => {
        const product = dosePerWeight(written(a), written(b)) ?? '';
        const [whole = '', fraction = ''] = product.split('.');
        expect(BigInt(whole + fraction.padEnd(6, '0'))).toBe(BigInt(a) * BigInt(b));
      }),
    );
  });

  it('rounded down are a multiple of the step, less than one step below', () => {
    fc.assert(
      fc.property(thousandths, fc.integer({ min: 1, max: 10_000 }), (dose, step) => {
        const rounded = doseRounded(written(dose), written(step), 'down') ?? '';
        expect(rounded).toBe(written(dose - (dose % step)));
      }),
    );
  });

  it('divided and taken as often are never more than the whole', () => {
    fc.assert(
      fc.property(thousandths, fc.integer({ min: 1, max: 12 }), (dose, count) => {
        const part = doseDivided(written(dose), String(count), { step: '0.001', rounding: 'down' }) ?? '';
        expect(compareDoses(doseTimes(part, String(count)) ?? '', written(dose))).toBeLessThanOrEqual(0);
      }),
    );
  });
});
