/** Sets and definitions as they are kept in a file beside the flow that asks for them. */
import { z } from 'zod';
import { definitionKey, indicatorDefinition, nationalDefinition } from './indicator.ts';
import { indicatorSet } from './indicator-set.ts';

export const catalogue = z
  .strictObject({ sets: z.array(indicatorSet), indicators: z.array(indicatorDefinition) })
  .superRefine(({ sets, indicators }, context) => {
    const keys = indicators.map(definitionKey);
    for (const key of new Set(keys.filter((each, index) => keys.indexOf(each) !== index)))
      context.addIssue({ code: 'custom', message: `${key} is defined twice.` });
    const defined = new Set(indicators.filter(({ regime }) => regime.kind === 'national').map(({ code }) => code));
    for (const { code, indicators: asked } of sets)
      for (const wanted of asked.filter((each) => !defined.has(each)))
        context.addIssue({ code: 'custom', message: `The set ${code} asks for ${wanted}, which the nation does not define.` });
  });

export type Catalogue = z.infer<typeof catalogue>;

/** The nation's definitions of a set on a day, in its order. */
export const definitionsOf = ({ indicators }: Catalogue, codes: readonly string[], on: string) =>
  codes.flatMap((code) => nationalDefinition(indicators, { code, on }) ?? []);
