import { expect, it } from 'vitest';
import { SETTING_NAMES } from '#core/form-edit/setting-types.ts';
import { SECTIONS } from './sections.ts';

it('every setting of an item stands in one section of the inspector', () => {
  expect(SECTIONS.flatMap(({ settings }) => [...settings]).sort()).toEqual([...SETTING_NAMES].sort());
});
