/** What a state wants running (P14). The workflow keeps these equal to what runs; each id is used once. */
import type { JsonObject } from '#core/json.ts';
import type { EffectId } from './event.ts';

export type Effect =
  /** When due, submit `timer.fire` with this id: a BPMN timer, a reminder or the deadline of a task. */
  | {
      readonly kind: 'timer';
      readonly id: EffectId;
      readonly due: string;
      readonly elementId: string;
      readonly purpose: 'timer' | 'reminder' | 'deadline';
      /** The task whose reminder or deadline this is. */
      readonly taskId?: string;
    }
  | {
      readonly kind: 'job';
      readonly id: EffectId;
      readonly elementId: string;
      readonly jobType: string;
      readonly retries: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly variables: JsonObject;
      /** Set where a failed job is held back: nobody is given it before. */
      readonly notBefore?: string;
    }
  | {
      readonly kind: 'child';
      readonly id: EffectId;
      readonly elementId: string;
      readonly calledProcessId: string;
      readonly variables: JsonObject;
    };
