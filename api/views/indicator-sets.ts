/** What the operations on indicator sets in versions answer. */
import type { IndicatorDefinition } from '#core/quality/indicator.ts';
import type { Frequency } from '#core/quality/period.ts';
import type { SetDifference } from '#core/quality/set-difference.ts';
import type { SetContents } from '#core/quality/set-draft.ts';
import type { SetStanding } from '#core/quality/set-version.ts';
import type { LocalizedText } from '#core/text.ts';
import type { OrganisationView, PersonView } from '../views.ts';

/** GET /api/quality/sets/:set */
export interface IndicatorSetView {
  readonly set: { readonly code: string; readonly name: LocalizedText; readonly frequency: Frequency };
  /** Newest first, the draft before them. */
  readonly versions: readonly SetVersionHead[];
  /** What hospitals set for themselves, beside the nation's and never mixed with it. */
  readonly own: readonly {
    readonly organisation: OrganisationView;
    readonly approvedBy: PersonView | null;
    readonly reason: string;
    readonly definition: IndicatorDefinition;
  }[];
  /** Days from which a next version may be asked: the first ones of the periods from the one that runs. */
  readonly beginnings: readonly { readonly period: string; readonly from: string }[];
  readonly canChange: boolean;
}

export interface SetVersionHead {
  readonly version: number;
  readonly standing: SetStanding;
  /** Null: from the beginning, or a draft. */
  readonly validFrom: string | null;
  readonly replacedOn: string | null;
  readonly indicators: number;
  readonly editedBy: readonly PersonView[];
  readonly publishedBy: PersonView | null;
  /** Wrote some of it, and so does not publish it. */
  readonly isOwnWork: boolean;
}

/** GET /api/quality/sets/:set/versions/:version */
export interface SetVersionView extends SetVersionHead {
  readonly contents: SetContents;
  /** Of the draft; what is saved or published is what was seen. */
  readonly revision: number | null;
  /** From the version that it is compared with, else the one before; null: there is none. */
  readonly difference: (SetDifference & { readonly from: number }) | null;
  /** Of the nation's definitions, by indicator: a draft has none yet. */
  readonly definitions: readonly { readonly code: string; readonly version: number; readonly validFrom: string }[];
}
