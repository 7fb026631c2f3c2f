/** What the operations of quality reporting answer. Sums of hospitals, nothing of a patient. */

import type { ChartPoint, ControlChart, Improvement } from '#core/quality/control-chart.ts';
import type { EntryResult } from '#core/quality/entry.ts';
import type { IndicatorFeedback } from '#core/quality/feedback.ts';
import type { ReportCheck } from '#core/quality/figure-check.ts';
import type { FunnelPoint } from '#core/quality/funnel.ts';
import type { Reporting, ReportingRates } from '#core/quality/rates.ts';
import type { ReportStage } from '#core/quality/report-stage.ts';
import type { LocalizedText } from '#core/text.ts';

/** GET /api/quality */
export interface QualityView {
  readonly sets: readonly QualitySetView[];
  /** Whose reports the person may see; null: of all. */
  readonly ownOrganisationIds: readonly string[] | null;
  /** Approves for a region, and watches the cycles of its hospitals: those of `cycles` are theirs alone. */
  readonly isRegional: boolean;
  readonly canManage: boolean;
}

export interface QualitySetView {
  readonly code: string;
  readonly name: LocalizedText;
  /** What a cycle that opens now asks for. */
  readonly nextPeriod: string;
  /** Of that period: days as ISO has them. */
  readonly dueOn: string;
  readonly lockOn: string;
  readonly isLockPast: boolean;
  /** Newest first. */
  readonly cycles: readonly ({ readonly period: string } & ReportingRates)[];
  /** The newest period with figures to compare, from before the first cycle too; null where there are none. */
  readonly lastReported: string | null;
  readonly indicators: readonly IndicatorView[];
}

export interface IndicatorView {
  readonly code: string;
  readonly name: LocalizedText;
  readonly numerator: LocalizedText;
  readonly denominator: LocalizedText;
  readonly regime: 'national' | 'local';
  readonly version: number;
  readonly multiplier: number;
  readonly improvement: Improvement;
  /** Before the multiplier. */
  readonly target: number | null;
}

/** GET /api/quality/cycles/:set/:period */
export interface CycleBoardView {
  readonly set: Pick<QualitySetView, 'code' | 'name' | 'indicators'>;
  readonly period: string;
  /** ISO dates: when everybody's report is due, and the last day on which one is taken. */
  readonly dueOn: string;
  readonly lockOn: string;
  readonly reporting: Reporting;
  readonly rows: readonly BoardRow[];
  readonly canUrge: boolean;
  /** May open the reports and pages of the hospitals; who approves for a region sees theirs when they come to it. */
  readonly canOpen: boolean;
}

export interface BoardRow {
  readonly organisation: { readonly id: string; readonly name: string; readonly nameEn: string };
  readonly tier: string;
  readonly province: string;
  readonly instanceId: string;
  readonly number: string;
  readonly stage: ReportStage;
  readonly isOverdue: boolean;
  /** More time than the others have, until then; null: none. */
  readonly extendedUntil: string | null;
  /** It asks for more time, and nobody has answered yet. */
  readonly isExtensionAsked: boolean;
  /** Of the first submission; null: none. */
  readonly isOnTime: boolean | null;
  readonly submittedAt: string | null;
  /** 0: nothing was submitted. */
  readonly version: number;
  readonly verdict: ReportCheck['verdict'] | null;
}

/** POST /api/quality/cycles/:set/:period/urge */
export interface UrgedView {
  readonly urged: number;
  readonly results: readonly { readonly organisationId: string; readonly outcome: 'urged' | 'refused'; readonly code: string | null }[];
}

/** POST /api/quality/reports/:id/figures */
export interface EnteredView {
  /** Whose draft now holds what was taken. */
  readonly taskId: string;
  readonly taken: number;
  readonly results: readonly EntryResult[];
}

/** GET /api/quality/hospitals/:id */
export interface HospitalQualityView {
  readonly organisation: { readonly id: string; readonly name: string; readonly nameEn: string };
  readonly set: { readonly code: string; readonly name: LocalizedText };
  /** All that there are. */
  readonly sets: readonly { readonly code: string; readonly name: LocalizedText }[];
  readonly reports: readonly HospitalReport[];
  readonly indicators: readonly HospitalIndicator[];
  /** May decide that limits begin anew. */
  readonly canRebase: boolean;
  /** The period that `feedback` is about: the newest that was reported. */
  readonly period: string | null;
}

export interface HospitalReport {
  readonly period: string;
  readonly instanceId: string;
  readonly stage: ReportStage;
  readonly isOnTime: boolean | null;
  readonly versions: readonly {
    readonly version: number;
    readonly submittedAt: string;
    readonly isNothing: boolean;
    readonly check: ReportCheck;
    readonly figures: readonly { readonly code: string; readonly numerator: number | null; readonly denominator: number | null }[];
  }[];
}

export interface LimitDecisionView {
  readonly from: string;
  readonly reason: string;
  readonly by: { readonly name: string; readonly nameEn: string } | null;
  readonly at: string;
}

export interface HospitalIndicator {
  readonly indicator: IndicatorView;
  readonly feedback: IndicatorFeedback | null;
  readonly chart: Pick<ControlChart, 'assurance'> & {
    /** Where and why its limits begin anew, by period. */
    readonly decisions: readonly LimitDecisionView[];
    readonly points: readonly (ChartPoint & { readonly period: string; readonly numerator: number; readonly denominator: number })[];
  };
}

/** GET /api/quality/indicators/:set/:code/:period */
export interface IndicatorComparisonView {
  readonly set: { readonly code: string; readonly name: LocalizedText };
  readonly period: string;
  readonly indicator: IndicatorView;
  readonly center: number;
  readonly dispersion: number;
  readonly points: readonly (FunnelPoint & {
    readonly organisation: { readonly id: string; readonly name: string; readonly nameEn: string };
    readonly numerator: number;
    readonly denominator: number;
  })[];
  /** Counted by another definition, and so not compared. */
  readonly leftOut: number;
}
