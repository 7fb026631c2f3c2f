/** An act of the interpreter that cannot succeed: it becomes an incident that an operator sees, mends and retries. */
import type { ElementKey, IncidentCode, IncidentStage } from './event.ts';
import { emit, instanceOf, nextEffectId, type Step } from './step.ts';

export class ActFailure extends Error {
  constructor(
    readonly code: IncidentCode,
    message: string,
  ) {
    super(message);
    this.name = 'ActFailure';
  }
}

/** Runs one act of an element. Acts evaluate before they emit, so a failed one leaves nothing half done. */
export function attempt(step: Step, key: ElementKey, stage: IncidentStage, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof ActFailure)) throw error;
    raiseIncident(step, key, { code: error.code, stage, message: error.message });
  }
}

export function raiseIncident(
  step: Step,
  key: ElementKey,
  incident: { readonly code: IncidentCode; readonly stage: IncidentStage; readonly message: string; readonly elementId?: string },
): void {
  emit(step, {
    type: 'incident.raised',
    elementId: instanceOf(step, key).elementId,
    key,
    incidentId: nextEffectId(step),
    ...incident,
  });
}
