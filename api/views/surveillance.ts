/** What the operations of sentinel surveillance answer. Sums of hospitals, nothing of a patient. */
import type { SentinelCounts } from '#core/sentinel/counts.ts';
import type { SiteStage } from '#core/sentinel/site-stage.ts';
import type { SentinelFrequency } from '#core/sentinel/topic.ts';
import type { LocalizedText } from '#core/text.ts';
import type { InstanceStatus } from '../views.ts';

/** GET /api/surveillance */
export interface SurveillanceView {
  readonly topics: readonly SurveillanceTopicView[];
  /** Newest first; the single cases are among them. Empty for whoever sees the own hospital only. */
  readonly warnings: readonly SentinelWarningView[];
  readonly canManage: boolean;
  /** Whose reports the person may see; null: of all. */
  readonly ownOrganisationIds: readonly string[] | null;
}

export interface SurveillanceTopicView {
  readonly code: string;
  readonly name: LocalizedText;
  readonly frequency: SentinelFrequency;
  /** What a cycle that opens now asks for. */
  readonly nextPeriod: string;
  /** The last that was opened; null: none was. */
  readonly period: string | null;
  /** On the roster today. */
  readonly sites: number;
  readonly tally: SentinelTally | null;
}

/** Of a period. Who is missing is not among those who reported zero. */
export interface SentinelTally {
  readonly expected: number;
  readonly reported: number;
  readonly zero: number;
  readonly late: number;
  /** Past the due time without a report, or counted as missing. */
  readonly missing: number;
}

export interface SentinelWarningView {
  readonly instanceId: string;
  readonly number: string;
  readonly title: LocalizedText;
  readonly status: InstanceStatus;
  readonly openedAt: string;
  /** Null: a single case. */
  readonly report: {
    readonly topic: string;
    readonly period: string;
    readonly organisation: OrganisationName;
    readonly level: 'none' | 'yellow' | 'red';
  } | null;
}

export interface OrganisationName {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
}

/** GET /api/surveillance/topics/:topic */
export interface SurveillanceTopicPage {
  readonly topic: Pick<SurveillanceTopicView, 'code' | 'name' | 'frequency' | 'nextPeriod'>;
  /** Newest first. */
  readonly periods: readonly string[];
  /** What `rows` are of; null: none was opened. */
  readonly period: string | null;
  readonly tally: SentinelTally | null;
  readonly rows: readonly SentinelRow[];
  readonly roster: readonly SiteView[];
  /** One a hospital that reported, by its name. */
  readonly series: readonly SentinelSeries[];
  readonly warnings: readonly SentinelWarningView[];
  readonly canManage: boolean;
}

export interface SentinelRow {
  readonly organisation: OrganisationName;
  readonly instanceId: string;
  readonly stage: SiteStage;
  readonly isOnTime: boolean | null;
  readonly submittedAt: string | null;
  readonly version: number;
  readonly counts: SentinelCounts | null;
  readonly level: 'none' | 'yellow' | 'red' | null;
  readonly caseLimit: number | null;
}

export interface SiteView {
  readonly organisation: OrganisationName;
  readonly from: string;
  readonly to: string | null;
  readonly designatedBy: { readonly name: string; readonly nameEn: string };
  readonly endReason: string | null;
  /** Today. */
  readonly isCurrent: boolean;
}

export interface SentinelSeries {
  readonly organisation: OrganisationName;
  /** By period. Each point keeps the limit by which it was judged. */
  readonly points: readonly {
    readonly period: string;
    readonly cases: number;
    readonly caseLimit: number;
    readonly level: 'none' | 'yellow' | 'red';
    readonly isZero: boolean;
  }[];
}
