/** What the operations of single-disease registries answer. */
import type { RowProblem } from '#core/registry/discharge-list.ts';
import type { CaseStage, Reconciliation } from '#core/registry/reconciliation.ts';
import type { LocalizedText } from '#core/text.ts';
import type { OrganisationName } from './surveillance.ts';

/** GET /api/registry */
export interface RegistryView {
  readonly diseases: readonly RegistryDiseaseView[];
  /** Whose stays the person may see; null: all hospitals, without stay numbers. */
  readonly ownOrganisationIds: readonly string[] | null;
}

export interface RegistryDiseaseView {
  readonly code: string;
  readonly name: LocalizedText;
  readonly criteria: LocalizedText;
  readonly icdPrefixes: readonly string[];
  readonly reconciliation: Reconciliation;
  readonly keySteps: RateView;
}

/** Null without a denominator. */
export interface RateView {
  readonly numerator: number;
  readonly denominator: number;
  readonly value: number | null;
}

/** GET /api/registry/:disease */
export interface RegistryDiseasePage {
  readonly disease: Omit<RegistryDiseaseView, 'reconciliation' | 'keySteps'>;
  readonly hospitals: readonly RegistryHospital[];
  /** The stays of the own hospital; empty for whoever sees all hospitals. */
  readonly stays: readonly StayView[];
  readonly canManage: boolean;
}

export interface RegistryHospital {
  readonly organisation: OrganisationName;
  readonly reconciliation: Reconciliation;
  /** Steps in time of all steps, then step by step, deaths, readmissions; of accepted cases. */
  readonly indicators: readonly (RateView & { readonly code: string; readonly name: LocalizedText })[];
  /** Beside the others by key steps; null: nothing to compare. */
  readonly standing: 'within' | 'warning' | 'alarm' | null;
}

export interface StayView {
  readonly id: string;
  readonly stayNumber: string;
  readonly department: string;
  readonly icd: string;
  readonly dischargedOn: string;
  readonly due: string;
  readonly stage: CaseStage;
  readonly isMissing: boolean;
  readonly isOverdue: boolean;
  readonly isOnTime: boolean | null;
  /** Null: none was opened. */
  readonly caseId: string | null;
  readonly number: string | null;
  /** Rows of lists that were linked with it. */
  readonly links: number;
}

/** POST /api/registry/stays */
export interface ListedView {
  readonly listed: number;
  readonly known: number;
  readonly results: readonly ListedResult[];
}

export type ListedResult =
  | { readonly line: number; readonly outcome: 'listed' | 'known'; readonly disease: string; readonly stayId: string }
  /** Listed already with another diagnosis or day; nothing was changed. */
  | {
      readonly line: number;
      readonly outcome: 'differs';
      readonly disease: string;
      readonly stayId: string;
      readonly listed: { readonly icd: string; readonly dischargedOn: string };
    }
  | { readonly line: number; readonly outcome: RowProblem };

/** POST /api/registry/stays/:id/case */
export interface OpenedCaseView {
  readonly instanceId: string;
  readonly isRepeated: boolean;
}

/** POST /api/registry/cases/:id/fill */
export interface FilledCaseView {
  readonly taskId: string;
}
