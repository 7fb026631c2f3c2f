/**
 * What the form knows about itself while it is filled in: which fields are enabled, which issues are shown, what each section still
 * lacks. Outside React, so that a key stroke wakes only the fields for which an answer changed.
 */
import { evaluateForm } from '#core/form/enablement.ts';
import type { FormIssue } from '#core/form/issue.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { validateResponse } from '#core/form/validate.ts';
import { type BuiltResponse, conditionKeysTest, type FieldKey, type FormValues, keyOf, ROOT_ROW, responseOf } from './model.ts';

/** An issue as a field shows it; codes come from the server too, so they need not be known here. */
export type ShownIssue = Pick<FormIssue, 'path' | 'severity' | 'data'> & { readonly code: string };

export interface SectionProgress {
  readonly linkId: string;
  /** Errors that sending would find now. */
  readonly openCount: number;
}

export class FormStore {
  private readonly listeners = new Set<() => void>();
  private readonly isCondition: (key: FieldKey) => boolean;
  private readonly touched = new Set<FieldKey>();
  private isSubmitted = false;
  private enabled: ReadonlySet<FieldKey> = new Set();
  private shown: ReadonlyMap<FieldKey, ShownIssue> = new Map();
  private fromServer: ReadonlyMap<FieldKey, ShownIssue> = new Map();
  private progress: readonly SectionProgress[] = [];
  private values: FormValues;

  constructor(
    private readonly questionnaire: Questionnaire,
    private readonly base: QuestionnaireResponse,
    values: FormValues,
  ) {
    this.isCondition = conditionKeysTest(questionnaire);
    this.values = values;
    this.enable();
    this.measure();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  isEnabled(key: FieldKey): boolean {
    return this.enabled.has(key);
  }

  /** The same object as long as nothing about the issue changed. */
  issueOf(key: FieldKey): ShownIssue | null {
    return this.shown.get(key) ?? null;
  }

  /** All shown issues in the order of the form; the same list as long as none changed. */
  get issues(): ReadonlyMap<FieldKey, ShownIssue> {
    return this.shown;
  }

  /** What the summary lists: everything once sending was tried, before that only what the server refused. */
  get summary(): ReadonlyMap<FieldKey, ShownIssue> {
    return this.isSubmitted ? this.shown : this.fromServer;
  }

  get sections(): readonly SectionProgress[] {
    return this.progress;
  }

  get build(): BuiltResponse {
    return responseOf(this.questionnaire, this.values, this.base);
  }

  changed(values: FormValues, key: FieldKey | undefined): void {
    this.values = values;
    if (key !== undefined && this.fromServer.has(key)) {
      this.fromServer = new Map([...this.fromServer].filter(([other]) => other !== key));
    }
    if (key === undefined || this.isCondition(key)) this.enable();
    if (this.isSubmitted || key === undefined || this.shown.has(key) || this.touched.has(key)) this.validate();
    this.emit();
  }

  /** A field that was left shows what is wrong with it, but not yet that it is empty: one may be looking around. */
  left(key: FieldKey): void {
    this.touched.add(key);
    this.validate();
    this.emit();
  }

  /** From now on everything wrong is shown. Gives the errors by field, in the order of the form. */
  submit(): ReadonlyMap<FieldKey, ShownIssue> {
    this.isSubmitted = true;
    this.validate();
    this.measure();
    this.emit();
    return new Map([...this.shown].filter(([, issue]) => issue.severity === 'error'));
  }

  /** Issues that only the server could find. Each goes when its field is changed. */
  showFromServer(issues: readonly ShownIssue[]): void {
    const { keys } = this.build;
    const found = new Map<FieldKey, ShownIssue>();
    for (const issue of issues) found.set(keys.get(issue.path) ?? keyOf(ROOT_ROW, issue.path), issue);
    this.fromServer = found;
    this.validate();
    this.emit();
  }

  /** Called when typing pauses: counts what every section lacks. */
  measure(): void {
    const sections = this.questionnaire.item ?? [];
    const open = new Map<string, number>();
    const { response } = this.build;
    for (const { path, severity } of validateResponse(this.questionnaire, response, { mode: 'submit' })) {
      if (severity !== 'error') continue;
      const top = path.split(/[/#[]/)[0] ?? '';
      open.set(top, (open.get(top) ?? 0) + 1);
    }
    const next = sections
      .filter(({ type }) => type === 'group')
      .map(({ linkId }) => ({ linkId, openCount: open.get(linkId.replace(/[%/#[\]]/g, encodeURIComponent)) ?? 0 }));
    const isSame =
      next.length === this.progress.length && next.every((section, index) => section.openCount === this.progress[index]?.openCount);
    if (!isSame) {
      this.progress = next;
      this.emit();
    }
  }

  private enable(): void {
    const { response, keys } = this.build;
    const next = new Set<FieldKey>();
    for (const path of evaluateForm(this.questionnaire, response).enabled) {
      const key = keys.get(path);
      if (key !== undefined) next.add(key);
    }
    this.enabled = next;
  }

  private validate(): void {
    const { response, keys } = this.build;
    const next = new Map<FieldKey, ShownIssue>();
    const add = (key: FieldKey, issue: ShownIssue) => {
      if (next.has(key)) return;
      const before = this.shown.get(key);
      next.set(key, before && isSameIssue(before, issue) ? before : issue);
    };
    for (const issue of validateResponse(this.questionnaire, response, { mode: 'submit' })) {
      const key = keys.get(issue.path);
      // What is not enabled is not shown either, so there is nobody to tell.
      if (key === undefined || issue.code === 'not-enabled') continue;
      if (this.isSubmitted || (this.touched.has(key) && !EMPTY.has(issue.code))) add(key, issue);
    }
    for (const [key, issue] of this.fromServer) add(key, issue);
    const isSame = next.size === this.shown.size && [...next].every(([key, issue]) => this.shown.get(key) === issue);
    if (!isSame) this.shown = next;
  }

  private emit(): void {
    for (const listener of this.listeners) listener();
  }
}

const EMPTY: ReadonlySet<string> = new Set(['required', 'too-few', 'empty-row']);

const isSameIssue = (a: ShownIssue, b: ShownIssue): boolean =>
  a.code === b.code && a.path === b.path && JSON.stringify(a.data) === JSON.stringify(b.data);
