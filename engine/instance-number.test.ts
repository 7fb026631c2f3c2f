import { expect, it } from 'vitest';
import { instanceNumber } from './instance-number.ts';

it('bears the date on which it was applied for where the applicant is', () => {
  const parts = { prefix: 'HZ', at: '2026-11-28T19:03:00.000Z', count: 36 };
  expect(instanceNumber({ ...parts, zone: 'Asia/Shanghai' })).toBe('HZ2026112900036');
  expect(instanceNumber({ ...parts, zone: 'UTC' })).toBe('HZ2026112800036');
});
