/** Sets of indicators and their definitions as pages read them. */
import { scopeOf } from '#core/access/roles.ts';
import { type IndicatorDefinition, nationalDefinition } from '#core/quality/indicator.ts';
import type { IndicatorSet } from '#core/quality/indicator-set.ts';
import { readIndicators, readSet } from '#db/quality.ts';
import { notFound } from '../errors.ts';
import type { Context } from '../operation.ts';
import type { IndicatorView } from '../views/quality.ts';
import { today } from './today.ts';

/** Other hospitals' figures are seen by those alone who oversee them all. */
export function requireAll(context: Context): void {
  if (scopeOf('quality.read', context.standing.roles) !== 'all') throw notFound();
}

/** `on`: an ISO date; of a period, its last. */
export async function setOf({ runtime }: Context, code: string, on: string): Promise<IndicatorSet> {
  const set = await readSet(runtime.db, code, on);
  if (!set) throw notFound();
  return set;
}

export async function nationalIndicators(context: Context, set: IndicatorSet, on = today(context)): Promise<readonly IndicatorView[]> {
  const indicators = await readIndicators(context.runtime.db, set.indicators);
  return set.indicators.flatMap((code) => {
    const definition = nationalDefinition(indicators, { code, on });
    return definition ? [indicatorView(definition)] : [];
  });
}

export const indicatorView = (definition: IndicatorDefinition): IndicatorView => ({
  code: definition.code,
  name: definition.name,
  numerator: definition.numerator,
  denominator: definition.denominator,
  regime: definition.regime.kind,
  version: definition.version,
  multiplier: definition.multiplier,
  improvement: definition.improvement,
  target: definition.target ?? null,
});
