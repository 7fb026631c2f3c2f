/** Answers to operators about where instances stand. Shapes only; no health data stands in them. */
import type { ElementType } from '#core/bpmn/graph.ts';
import type { LocalizedText } from '#core/text.ts';

export interface RunningCounts {
  readonly running: number;
  /** Of those that run. */
  readonly incidents: number;
  readonly suspended: number;
}

/** GET /api/operations/flows: versions that are current or with which instances run, newest first. */
export interface RunningFlowsView {
  readonly flows: readonly {
    readonly key: string;
    readonly name: LocalizedText;
    readonly versions: readonly RunningVersion[];
  }[];
}

export interface RunningVersion extends RunningCounts {
  /** Null: instances from before versions were numbered. */
  readonly version: number | null;
  readonly isCurrent: boolean;
}

/** GET /api/operations/flows/:key/versions/:version */
export interface WhereaboutsView extends RunningCounts {
  readonly key: string;
  readonly name: LocalizedText;
  readonly version: number;
  readonly isCurrent: boolean;
  readonly xml: string;
  /** Where instances stand, in the diagram's order. */
  readonly elements: readonly ElementWhereabouts[];
}

export interface ElementWhereabouts {
  readonly elementId: string;
  readonly name: LocalizedText;
  readonly elementType: ElementType;
  /** Those that stand here without an incident. */
  readonly instances: number;
  /** Those that stand here with one. */
  readonly incidents: number;
}

/** GET /api/operations/flows/:key/versions/:version/elements/:elementId: those with an incident first, then the longest. */
export interface InstancesAtView {
  readonly rows: readonly InstanceAtRow[];
  readonly next: string | null;
}

export interface InstanceAtRow {
  readonly instanceId: string;
  readonly number: string;
  /** Since when it has stood there. */
  readonly since: string;
  /** How often it stands there: in a loop, or before a join. */
  readonly tokens: number;
  readonly incidents: number;
  readonly suspendedAt: string | null;
}
