/** Answers about versions of flows, and the migration of instances between them. */
import type { Finding } from '#core/bpmn/finding.ts';
import type { Command } from '#core/process/command.ts';
import type { ProposedPair } from '#core/process/migration.ts';
import type { LocalizedText } from '#core/text.ts';
import type { VersionDiff } from '#core/version/diff.ts';
import type { VersionAct, VersionStanding, VersionState } from '#core/version/life.ts';
import type { DiagramMarksView, PersonView } from '../views.ts';

/** GET /api/definitions/:key/versions/:version/migration */
export interface MigrationProposal {
  readonly pairs: readonly ProposedPair[];
  readonly targets: readonly { readonly elementId: string; readonly name: LocalizedText }[];
}

/** POST /api/definitions/:key/versions/:version/migration/try: a page of the running instances. */
export interface MigrationReport {
  readonly outcomes: readonly MigrationOutcome[];
  readonly next: string | null;
}

export interface MigrationOutcome {
  readonly instanceId: string;
  readonly number: string;
  /** Why it could not go on there; null: it could. */
  readonly refusal: { readonly code: string; readonly data?: Readonly<Record<string, unknown>> } | null;
  /** What it listens for afterwards, by the element that it leads to. */
  readonly waits: {
    readonly kept: readonly string[];
    readonly armedAnew: readonly string[];
    readonly ended: readonly string[];
    readonly begun: readonly string[];
  };
}

/** GET /api/definitions/:key/migrations */
export interface MigrationBatchHead {
  readonly id: string;
  readonly key: string;
  readonly fromVersion: number;
  readonly toVersion: number;
  readonly mapping: Readonly<Record<string, string>>;
  readonly reason: string;
  readonly by: PersonView | null;
  readonly state: 'running' | 'paused' | 'done';
  readonly createdAt: string;
  readonly counts: { readonly pending: number; readonly migrated: number; readonly refused: number };
}

/** GET /api/operations/migrations/:id; refused instances first. */
export interface MigrationBatchView extends MigrationBatchHead {
  readonly rows: readonly {
    readonly instanceId: string;
    readonly number: string;
    readonly state: 'pending' | 'migrated' | 'refused';
    readonly code: string | null;
  }[];
}

/** GET /api/definitions */
export interface DefinitionsView {
  readonly flows: readonly DefinitionFlow[];
}

export interface DefinitionFlow {
  readonly key: string;
  readonly name: LocalizedText;
  /** Newest first. */
  readonly versions: readonly DefinitionVersionRow[];
}

export interface DefinitionVersionRow extends VersionStanding {
  readonly key: string;
  readonly version: number;
  readonly errors: number;
  readonly warnings: number;
  /** Instances that run with it. */
  readonly running: number;
  /** The last act with it. */
  readonly last: DefinitionAct;
}

export interface DefinitionAct {
  readonly act: 'deploy' | VersionAct;
  /** Null: the product itself. */
  readonly by: PersonView | null;
  readonly at: string;
  readonly note: string | null;
}

/** GET /api/definitions/:key/versions/:version */
export interface DefinitionVersionView extends DefinitionVersionRow {
  readonly name: LocalizedText;
  readonly xml: string;
  readonly findings: readonly Finding[];
  /** Oldest first. */
  readonly acts: readonly DefinitionAct[];
  readonly hashes: DefinitionHashes;
  /** Every version of the flow, newest first: what it can be compared with. */
  readonly versions: readonly number[];
}

/** GET /api/definitions/:key/versions/:version/findings/:index/way: a finding's shortest way, as a simulation goes it. */
export interface FindingWayView {
  readonly moments: readonly WayMoment[];
}

export interface WayMoment {
  /** Of the virtual clock. */
  readonly at: string;
  readonly commandType: Command['type'];
  /** What moved; null for the instance itself. */
  readonly element: LocalizedText | null;
  readonly outcome: LocalizedText | null;
  /** The step to which it was returned. */
  readonly returnedTo: LocalizedText | null;
  /** As everything stood afterwards; `waiting`: elements before which tokens wait for others. */
  readonly marks: DiagramMarksView & { readonly waiting: readonly string[] };
}

export interface DefinitionHashes {
  readonly set: string | null;
  readonly graph: string | null;
  readonly diagram: string;
  readonly forms: Readonly<Record<string, string>>;
  readonly decisions: Readonly<Record<string, string>>;
}

/** GET /api/definitions/:key/versions/:version/diff */
export interface DefinitionDiffView {
  readonly before: number;
  readonly after: number;
  readonly diff: VersionDiff;
}

/** POST /api/definitions */
export interface DeployedView {
  readonly key: string;
  readonly version: number;
  readonly state: VersionState;
  readonly isCurrent: boolean;
  /** False: the same set was a version already. */
  readonly isNew: boolean;
  readonly findings: readonly Finding[];
}
