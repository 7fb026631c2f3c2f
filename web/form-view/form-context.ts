'use client';

import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Control, UseFormGetValues, UseFormSetValue } from 'react-hook-form';
import { labelOf } from '#core/form/localize.ts';
import type { Attachment, Coding, Questionnaire, QuestionnaireItem, Reference } from '#core/form/questionnaire.ts';
import type { ReferenceKind } from '#core/form/references.ts';
import type { Locale } from '#core/text.ts';
import { type FieldKey, type FormValues, keyOf, type RowId } from './model.ts';
import type { MountTurns } from './mount-turns.ts';
import type { Places } from './places.ts';
import type { ComputedOptions, FormStore, ShownIssue } from './store.ts';

/** Looks up what a reference item may point at. `q` is empty when the list is opened. */
export interface References {
  /** With the names in other languages, by which they are shown. */
  search(kind: ReferenceKind, q: string): Promise<readonly Reference[]>;
}

/** Looks up what a value set offers that is not in the form. `typed` is empty when the list is opened. Throws where it cannot be had. */
export interface ValueSets {
  search(
    canonical: string,
    typed: string,
    signal: AbortSignal,
  ): Promise<{ readonly codings: readonly Coding[] /** Nothing else matches. */; readonly isComplete: boolean }>;
}

export interface Files {
  /** Keeps a file and gives the attachment to store: `{ url: 'file:<id>', title, contentType, size }`. */
  upload(file: File, options: { onProgress(share: number): void; readonly signal: AbortSignal }): Promise<Attachment>;
  /** Where the file can be fetched. */
  url(id: string): string;
}

/** Somebody's remark on an answer, as it is read. */
export interface AnswerRemark {
  readonly words: string;
  readonly from: string;
}

/** What every field needs of its form. Stable for the life of the form, so that nobody renders because of it. */
export interface FormScope {
  readonly id: string;
  readonly questionnaire: Questionnaire;
  readonly locale: Locale;
  /** IANA zone in which times are typed and read. */
  readonly zone: string;
  readonly isReadOnly: boolean;
  /** Link id → for what it must be answered, in words, where the form does not ask for it in any case. */
  readonly neededFor: ReadonlyMap<string, string>;
  /** Link id → what was said of the answer, to be read before it is given again. */
  readonly remarks: ReadonlyMap<string, readonly AnswerRemark[]>;
  readonly control: Control<FormValues>;
  readonly setValue: UseFormSetValue<FormValues>;
  readonly getValues: UseFormGetValues<FormValues>;
  readonly store: FormStore;
  readonly places: Places;
  readonly turns: MountTurns;
  readonly references: References | undefined;
  readonly valueSets: ValueSets | undefined;
  readonly files: Files | undefined;
  readonly signer: Reference | undefined;
  nextRowId(): RowId;
  /** Opens what hides a field and puts the focus into it. */
  goTo(key: FieldKey): void;
  /** A person has left a field. */
  leave(key: FieldKey): void;
  /** Says something to people who do not see the change. */
  announce(text: string): void;
}

export const FormContext = createContext<FormScope | null>(null);

export function useForm(): FormScope {
  const scope = useContext(FormContext);
  if (!scope) throw new Error('Fields stand inside a FormView.');
  return scope;
}

export function useIsEnabled(key: FieldKey): boolean {
  const { store } = useForm();
  const read = () => store.isEnabled(key);
  return useSyncExternalStore(store.subscribe, read, read);
}

export function useIssue(key: FieldKey): ShownIssue | null {
  const { store } = useForm();
  const read = () => store.issueOf(key);
  return useSyncExternalStore(store.subscribe, read, read);
}

/** What groups and fields still lack. */
export function useOpenCount(keys: readonly FieldKey[]): number {
  const { store } = useForm();
  const read = () => keys.reduce((sum, key) => sum + store.openCountOf(key), 0);
  return useSyncExternalStore(store.subscribe, read, read);
}

/** Those of the items that are enabled. */
export function useEnabledAmong(items: readonly QuestionnaireItem[], row: RowId): readonly QuestionnaireItem[] {
  const { store } = useForm();
  const keyed = items.map((item) => ({ item, key: keyOf(row, item.linkId) }));
  // A text, because a list would be new on every reading.
  const read = () => keyed.flatMap(({ key }) => (store.isEnabled(key) ? [key] : [])).join(' ');
  const enabled = useSyncExternalStore(store.subscribe, read, read).split(' ');
  return keyed.flatMap(({ item, key }) => (enabled.includes(key) ? [item] : []));
}

/** The label in the reader's language, or as it is computed. */
export function useLabel(item: QuestionnaireItem, row: RowId): string {
  const { store, locale } = useForm();
  const key = keyOf(row, item.linkId);
  const read = () => store.textOf(key);
  return useSyncExternalStore(store.subscribe, read, read) ?? labelOf(item, locale);
}

/** What may be chosen, where that is computed. */
export function useComputedOptions(key: FieldKey): ComputedOptions | undefined {
  const { store } = useForm();
  const read = () => store.optionsOf(key);
  return useSyncExternalStore(store.subscribe, read, read);
}

/** Ids of the elements of one field, for labels, descriptions and links from the summary. */
export function elementIds(formId: string, key: FieldKey) {
  const control = `${formId}-${key}`;
  return {
    control,
    field: `${control}-field`,
    label: `${control}-label`,
    help: `${control}-help`,
    moreHelp: `${control}-more-help`,
    flyover: `${control}-flyover`,
    issue: `${control}-issue`,
    remarks: `${control}-remarks`,
  };
}
