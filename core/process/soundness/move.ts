/** What may happen next in a state: what people, the clock and the world can do, and the choices that the data leaves open. */
import type { Json, JsonObject } from '#core/json.ts';
import type { EffectId, ElementKey } from '../event.ts';

export type Move = Act | Choice;

/** From outside, at any time. */
export type Act =
  /** At a start event, or, by the id of the process, where it begins by itself. */
  | { readonly kind: 'start'; readonly elementId: string; readonly variables: JsonObject }
  | { readonly kind: 'task'; readonly elementId: string; readonly taskId: string; readonly outcome?: string; readonly results: JsonObject }
  /** Whoever holds the task sends the work back to a step that was done before. */
  | { readonly kind: 'return'; readonly elementId: string; readonly taskId: string; readonly toElementId: string }
  /** The instance is withdrawn, and what was done is compensated; the id is that of the process. */
  | { readonly kind: 'cancel'; readonly elementId: string }
  /** Somebody begins an activity of an ad-hoc sub-process. */
  | { readonly kind: 'activate'; readonly elementId: string; readonly scopeKey: ElementKey }
  | { readonly kind: 'timer'; readonly elementId: string; readonly effectId: EffectId }
  | {
      readonly kind: 'message' | 'signal';
      readonly elementId: string;
      readonly name: string;
      readonly effectId: EffectId;
      readonly results: JsonObject;
    }
  | { readonly kind: 'job' | 'child'; readonly elementId: string; readonly effectId: EffectId; readonly results: JsonObject }
  | { readonly kind: 'jobError' | 'childError'; readonly elementId: string; readonly effectId: EffectId; readonly errorCode: string }
  | { readonly kind: 'childEscalation'; readonly elementId: string; readonly effectId: EffectId; readonly escalationCode: string };

/** What an expression comes to: asked at once, before anything else can happen. */
export type Choice = {
  readonly kind: 'flows' | 'instances' | 'enough' | 'probe';
  readonly elementId: string;
  readonly key: ElementKey;
  readonly incidentId: EffectId;
  /** Variables that become known by being asked for: dotted path → value. */
  readonly known: Readonly<Record<string, Json>>;
  /** Names by which the element reads the choice. */
  readonly answers: JsonObject;
  /** The flows that are taken. */
  readonly flowIds: readonly string[];
  /** It rests on a condition that is not understood and may not be free. */
  readonly isGuess: boolean;
};

export const isAct = (move: Move): move is Act => !('incidentId' in move);
