/** All functions that FEEL has without anybody defining them. */

import { contexts } from './contexts.ts';
import { conversions } from './conversions.ts';
import { BuiltIn, type Form } from './define.ts';
import { doses } from './doses.ts';
import { lists } from './lists.ts';
import { numbers } from './numbers.ts';
import { ranges } from './ranges.ts';
import { temporals } from './temporals.ts';
import { texts } from './texts.ts';

const FORMS: Readonly<Record<string, readonly Form[]>> = {
  ...conversions,
  ...temporals,
  ...texts,
  ...numbers,
  ...lists,
  ...contexts,
  ...ranges,
  ...doses,
};

const BUILT_IN: ReadonlyMap<string, BuiltIn> = new Map(Object.entries(FORMS).map(([name, forms]) => [name, new BuiltIn(name, forms)]));

export const builtIn = (name: string): BuiltIn | undefined => BUILT_IN.get(name);
export const BUILT_IN_NAMES: readonly string[] = [...BUILT_IN.keys()];
