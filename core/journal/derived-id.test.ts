import { expect, it } from 'vitest';
import { derivedId } from './derived-id.ts';

it('the same cause gives the same id, another cause another one', () => {
  expect(derivedId(['child', 'parent', '3:1'])).toBe(derivedId(['child', 'parent', '3:1']));
  const ids = Array.from({ length: 1_000 }, (_, index) => derivedId(['child', 'parent', index]));
  expect(new Set(ids).size).toBe(1_000);
});

it('is a UUID of version 8', () => {
  for (let index = 0; index < 200; index += 1)
    expect(derivedId([index])).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

it('does not change: running instances are found by it', () => {
  expect(derivedId(['start', 'p-wu-tong', 7])).toBe('cff78e77-c171-81e8-b6e2-a590439f3fc5');
});
