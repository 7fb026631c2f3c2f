/** What one report asks for: indicators, the rules between their figures, and the days by which things happen after a period has ended. */
import { z } from 'zod';
import { factName } from './figure.ts';
import { FREQUENCIES } from './period.ts';
import { ruleProblems, validationRule } from './validation.ts';

const text = z.object({ 'zh-CN': z.string().min(1), en: z.string().min(1) });
const days = z.int().min(0).max(400);

/** What the next version of a set may say otherwise; its code and its frequency stay. */
export const changeable = {
  name: text,
  rules: z.array(validationRule),
  outliers: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('z-score'), threshold: z.number().positive() }),
    z.strictObject({ kind: z.literal('modified-z-score'), threshold: z.number().positive() }),
    z.strictObject({ kind: z.literal('min-max'), factor: z.number().positive() }),
  ]),
  /** Days after the end of the period: by then it is on time, then nothing is taken without an exception, then every hospital hears how it stands. */
  dueDays: days,
  lockDays: days,
  feedbackDays: days,
};

export const indicatorSet = z
  .strictObject({
    ...changeable,
    code: z.string().regex(/^[a-z][a-z0-9-]*$/),
    version: z.int().min(1),
    frequency: z.enum(FREQUENCIES),
    indicators: z.array(z.string()).min(1),
  })
  .refine(areDaysInOrder, { error: 'Due comes before the lock, and the feedback not before it.' })
  .superRefine(({ indicators, rules }, context) => {
    for (const problem of rules.flatMap((rule) => ruleProblems(rule, factNames(indicators))))
      context.addIssue({ code: 'custom', message: problem });
  });

export type IndicatorSet = z.infer<typeof indicatorSet>;

interface SetDays {
  readonly dueDays: number;
  readonly lockDays: number;
  readonly feedbackDays: number;
}
export function areDaysInOrder({ dueDays, lockDays, feedbackDays }: SetDays): boolean {
  return dueDays < lockDays && lockDays <= feedbackDays;
}

export const factNames = (indicators: readonly string[]): readonly string[] =>
  indicators.flatMap((code) => [factName(code, 'numerator'), factName(code, 'denominator')]);
