/** Answers about forms: which there are, what they said in each version, and how one is being changed. */
import type { Finding } from '#core/bpmn/finding.ts';
import type { MigrationStep } from '#core/form-edit/migration-step.ts';
import type { LocalizedText } from '#core/text.ts';
import type { EditionMove, EditionState } from '#core/version/edition.ts';
import type { VersionState } from '#core/version/life.ts';
import type { PersonView } from '../views.ts';

/** GET /api/forms */
export interface FormsView {
  readonly flows: readonly {
    readonly key: string;
    readonly name: LocalizedText;
    readonly forms: readonly FormRow[];
  }[];
}

export interface FormRow {
  readonly serviceKey: string;
  readonly formKey: string;
  readonly title: LocalizedText;
  readonly url: string | null;
  /** Of the questionnaire; null: it has none. */
  readonly formVersion: string | null;
  readonly items: number;
  /** Steps of the flow that ask it. */
  readonly usedIn: readonly { readonly elementId: string; readonly name: LocalizedText }[];
  readonly edition: EditionHead | null;
}

export interface EditionHead {
  readonly id: string;
  readonly state: EditionState;
  readonly revision: number;
  readonly updatedAt: string;
  readonly updatedBy: PersonView | null;
}

/** GET /api/forms/:flow/:form */
export interface FormHistoryView extends FormRow {
  readonly flowName: LocalizedText;
  /** Versions of the flow in which the form's text changed, newest first. */
  readonly versions: readonly FormVersionRow[];
  /** Other flows with a form of the same url. */
  readonly otherFlows: readonly { readonly key: string; readonly name: LocalizedText; readonly formKey: string }[];
  /** What was changed and published, or put away, newest first. */
  readonly editions: readonly (EditionHead & { readonly acts: readonly EditionActView[]; readonly publishedVersion: number | null })[];
}

export interface FormVersionRow {
  /** Of the flow. */
  readonly version: number;
  readonly formVersion: string | null;
  readonly state: VersionState;
  /** New instances are asked this text, by this version of the flow or a later one. */
  readonly isCurrent: boolean;
  readonly at: string;
  readonly by: PersonView | null;
}

/** GET /api/forms/:flow/:form/versions/:version */
export interface FormTextView {
  readonly version: number;
  /** As it was deployed: parts are not put in. */
  readonly questionnaire: object;
}

/** GET /api/forms/:flow/:form/edition; PUT answers its head. */
export interface EditionView extends EditionHead {
  readonly serviceKey: string;
  readonly formKey: string;
  readonly flowName: LocalizedText;
  readonly basedOn: number | null;
  /** What it began with; null: the form is new. */
  readonly base: object | null;
  readonly questionnaire: object;
  readonly steps: readonly MigrationStep[] | null;
  readonly acts: readonly EditionActView[];
}

export interface EditionActView {
  readonly act: 'begin' | EditionMove;
  readonly by: PersonView | null;
  readonly at: string;
  readonly note: string | null;
}

/** POST /api/forms/:flow/:form/edition/check */
export interface EditionCheckView {
  readonly findings: readonly Finding[];
}

/** POST /api/forms/:flow/:form/edition/publish */
export interface EditionPublishedView {
  readonly version: number;
  readonly findings: readonly Finding[];
}

/** GET /api/forms/:flow/:form/edition/revisions: oldest first. */
export interface RevisionView {
  readonly revision: number;
  readonly by: PersonView | null;
  readonly begunAt: string;
  readonly savedAt: string;
  readonly questionnaire: object;
}

/** POST /api/forms/:flow/:form/edition/try-steps: what would become of the drafts that people have open. Counts only. */
export interface StepsTriedView {
  readonly drafts: number;
  /** Of them carried over without a loss; of a few drafts all or none are said, so that nothing is told of single people. */
  readonly whole: number;
  readonly isFew: boolean;
  /** Questions whose answers would be lost, and in how many drafts. */
  readonly lost: readonly { readonly linkId: string; readonly reason: string; readonly drafts: number }[];
}
