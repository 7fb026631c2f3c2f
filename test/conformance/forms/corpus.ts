/** A case of the catalogue: a form, answers to it, and what the standard says that they come to. */
import { readdirSync, readFileSync } from 'node:fs';
import type { AnswerValue, Coding } from '#core/form/questionnaire.ts';
import type { ResponseItem } from '#core/form/response.ts';

export interface FormCase {
  /** A sentence about forms that is true. */
  readonly says: string;
  /** Section of FHIR R4 or SDC from which the expectations are written. */
  readonly standard: string;
  /** Why we do otherwise than the standard says, or choose where it leaves room; the expectations are ours then. */
  readonly differs?: string;
  /** What the product does not do yet: its examples fail, and must be unmarked once they no longer do. */
  readonly open?: string;
  /** A Questionnaire, or a Bundle with one. */
  readonly form: unknown;
  /** What the form becomes where that is not what came. */
  readonly imported?: unknown;
  /** Of the checker: `severity linkId rule`. None where nothing is said. */
  readonly findings?: readonly string[];
  /** `linkId feature`. None where nothing is said. */
  readonly unsupported?: readonly string[];
  /** The items of the response with which somebody begins. */
  readonly begins?: readonly ResponseItem[];
  /** Link id → what people read, in English. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly examples: readonly FormExample[];
}

export interface FormExample {
  readonly says: string;
  readonly answers: readonly ResponseItem[];
  /** Of which form they say that they are answers. */
  readonly questionnaire?: string;
  /** Resources by the names of launch contexts; with them the questions that have none are answered first. */
  readonly launch?: Readonly<Record<string, unknown>>;
  readonly now?: string;
  /** Reference of whoever submits. */
  readonly signer?: string;
  /** A file of it is not ours: only the command line takes that (docs/decisions/0023). */
  readonly hasForeignFile?: true;
  /** Paths. */
  readonly enabled?: readonly string[];
  readonly calculated?: Readonly<Record<string, readonly AnswerValue[]>>;
  readonly texts?: Readonly<Record<string, string>>;
  readonly total?: number;
  /** Path → keys of what may be chosen. */
  readonly options?: Readonly<Record<string, readonly string[]>>;
  /** Items as they are submitted. */
  readonly submits?: readonly ResponseItem[];
  /** `severity code path`. None where nothing is said. */
  readonly submit?: readonly string[];
  readonly draft?: readonly string[];
  /** Parts of the resources that the answers become. */
  readonly extracts?: readonly object[];
}

export const CASES_FOLDER = new URL('./cases/', import.meta.url);

export const NOW = '2026-11-30T10:00:00+08:00';

export const caseFiles = (): readonly string[] =>
  readdirSync(CASES_FOLDER)
    .filter((file) => file.endsWith('.json'))
    .sort();

export const readCase = (file: string): FormCase => JSON.parse(readFileSync(new URL(file, CASES_FOLDER), 'utf8')) as FormCase;

export const responseOf = ({ answers, questionnaire }: FormExample) => ({
  resourceType: 'QuestionnaireResponse' as const,
  ...(questionnaire === undefined ? {} : { questionnaire }),
  status: 'in-progress' as const,
  ...(answers.length > 0 ? { item: answers } : {}),
});

/** As cases write a choice: its code, or the value itself. */
export const choiceName = ({ valueCoding, ...value }: AnswerValue & { readonly valueCoding?: Coding }): string =>
  valueCoding ? (valueCoding.code ?? valueCoding.display ?? '') : String(Object.values(value)[0]);
