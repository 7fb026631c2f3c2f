/** What the events of a compensation do to a state. */
import { changeElement, type Draft, type EventOf } from './draft.ts';
import type { ElementKey } from './event.ts';
import type { Compensable, CompensationState, ElementInstance } from './state.ts';

export function keepCompensable(draft: Draft, scopeKey: ElementKey, entry: Compensable | null): void {
  if (entry) changeElement(draft, scopeKey, (scope) => ({ ...scope, compensable: [...(scope.compensable ?? []), entry] }));
}

export function applyCompensation(draft: Draft, event: EventOf<'compensation.thrown'>): void {
  const { key, scopeKey, effectId, activityId, activityIds, waits, reason, returnsTo } = event;
  changeElement(draft, scopeKey, ({ compensable = [], compensations = [], ...scope }) => {
    const isMeant = ({ elementId }: Compensable): boolean =>
      activityIds ? activityIds.includes(elementId) : activityId === undefined || elementId === activityId;
    const left = compensable.filter((entry) => !isMeant(entry));
    const compensation: CompensationState = {
      effectId,
      ...(waits ? { throwerKey: key } : {}),
      pending: compensable.filter(isMeant).reverse(),
      ...(reason === undefined ? {} : { reason }),
      ...(returnsTo === undefined ? {} : { returnsTo }),
    };
    return { ...scope, ...(left.length > 0 ? { compensable: left } : {}), compensations: [...compensations, compensation] };
  });
}

/** A scope that is undone as a whole comes back as it was left, to be undone from inside. */
export function beginCompensating(draft: Draft, event: EventOf<'element.activated'>, effectId: string): void {
  let undone: Compensable | undefined;
  changeCompensation(draft, event.scopeKey, effectId, (compensation) => {
    undone = compensation.pending[0];
    return { ...compensation, pending: compensation.pending.slice(1), activeKey: event.key };
  });
  const inner = undone?.handlerId === undefined ? undone?.inner : undefined;
  if (inner) changeElement(draft, event.key, (instance) => ({ ...instance, compensable: inner }));
}

export const endCompensating = (draft: Draft, scopeKey: ElementKey, { key, compensates = '' }: ElementInstance): void =>
  changeCompensation(draft, scopeKey, compensates, (compensation) => {
    const { activeKey, ...rest } = compensation;
    return activeKey === key ? rest : compensation;
  });

function changeCompensation(
  draft: Draft,
  scopeKey: ElementKey,
  effectId: string,
  change: (compensation: CompensationState) => CompensationState,
): void {
  changeElement(draft, scopeKey, (scope) => ({
    ...scope,
    compensations: (scope.compensations ?? []).map((each) => (each.effectId === effectId ? change(each) : each)),
  }));
}
