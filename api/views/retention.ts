/** Answers to operators about how long records are kept. Shapes only; no health data stands in them. */
import type { LocalizedText } from '#core/text.ts';
import type { PersonView } from '../views.ts';

/** GET /api/operations/retention */
export interface RetentionView {
  /** Every flow with a current version. */
  readonly flows: readonly RetentionFlow[];
  /** Lately, by policy, the last first. */
  readonly erased: readonly ErasedRow[];
}

export interface RetentionFlow {
  readonly key: string;
  readonly name: LocalizedText;
  /** ISO 8601; null: for ever. */
  readonly retention: string | null;
  /** Will be erased within `NOTICE_DAYS`. */
  readonly due: number;
  /** Would be, were it not for a legal hold. */
  readonly onHold: number;
}

export interface ErasedRow {
  readonly instanceId: string;
  readonly number: string;
  readonly serviceName: LocalizedText;
  readonly policy: string;
  readonly at: string;
}

/** Of one instance. */
export interface InstanceRetention {
  /** ISO 8601; null: for ever. */
  readonly policy: string | null;
  /** Null before its seal, and where it is kept for ever. */
  readonly keptUntil: string | null;
  /** It is erased with its caller. */
  readonly isCalled: boolean;
  /** What keeps it beyond that. */
  readonly hold: LegalHoldActView | null;
  /** Holds that were placed and lifted, the last first. */
  readonly acts: readonly LegalHoldActView[];
}

export interface LegalHoldActView {
  readonly act: 'place' | 'lift';
  readonly by: PersonView | null;
  readonly reason: string;
  readonly at: string;
}
