'use client';

import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import 'dayjs/locale/zh-cn';
import { useTimeZone } from 'next-intl';
import { memo, type Ref, useCallback, useEffect, useId, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useForm as useHookForm } from 'react-hook-form';
import { offsetDateTimeOf } from '#core/calendar/zone.ts';
import type { EvaluationContext, ExpressionEngine } from '#core/form/expression/engine.ts';
import { settingsOf } from '#core/form/extensions.ts';
import { labelOf } from '#core/form/localize.ts';
import { type PagedForm, pagesOf } from '#core/form/pages.ts';
import type { Questionnaire, Reference } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { valueText } from '#core/form/summary.ts';
import type { Locale } from '#core/text.ts';
import { AfterPaint } from './after-paint.ts';
import { ErrorSummary } from './ErrorSummary.tsx';
import styles from './FormView.module.css';
import { focusField } from './focus.ts';
import { type AnswerRemark, elementIds, type Files, FormContext, type FormScope, type References, type ValueSets } from './form-context.ts';
import { createRowIds, type FieldKey, type FormValues, valuesOf } from './model.ts';
import { MountTurns } from './mount-turns.ts';
import { PageNav } from './PageNav.tsx';
import { Pages } from './Pages.tsx';
import { Places } from './places.ts';
import { SectionNav } from './SectionNav.tsx';
import { Sections } from './Sections.tsx';
import { FormStore, type ShownIssue } from './store.ts';

export interface FormViewProps {
  readonly questionnaire: Questionnaire;
  /** What the form begins with. Later values are not read: give another `key` to begin anew. */
  readonly response: QuestionnaireResponse;
  /** After each change, once typing pauses: the whole draft, answers of disabled items included. */
  readonly onChange?: (draft: QuestionnaireResponse) => void;
  readonly isReadOnly?: boolean;
  /** Link id → for what it must be answered, in words, where the form does not ask for it in any case. */
  readonly neededFor?: ReadonlyMap<string, string>;
  /** Link id → what was said of the answer. */
  readonly remarks?: ReadonlyMap<string, readonly AnswerRemark[]>;
  readonly locale: Locale;
  readonly references?: References;
  /** For lists that are on a terminology server. */
  readonly valueSets?: ValueSets;
  readonly files?: Files;
  /** Who signs here: `{ reference: 'Practitioner/<id>', display }`. */
  readonly signer?: Reference;
  /** For forms that compute something. */
  readonly engine?: ExpressionEngine | null;
  /** Names what is being filled in: a form in pages opens again, in the same window, at the page where it was left. */
  readonly placeKey?: string | undefined;
  /** Issues that the server answered with. */
  readonly issues?: readonly ShownIssue[];
  readonly ref?: Ref<FormHandle>;
}

export interface FormHandle {
  /** Shows what is wrong and goes to the first of it: null. Nothing wrong: the response as it is to be sent. */
  submit(): QuestionnaireResponse | null;
  /** The draft as it stands, without waiting for a pause. */
  draft(): QuestionnaireResponse;
  /** The response without answers of disabled items, whatever is wrong with it. */
  pruned(): QuestionnaireResponse;
  /** The same, or null where something is wrong with it; nothing is shown. */
  right(): QuestionnaireResponse | null;
}

const PAUSE_MS = 300;
const NOTHING_NEEDED: ReadonlyMap<string, string> = new Map();
const NO_REMARKS: ReadonlyMap<string, readonly AnswerRemark[]> = new Map();

export function FormView(props: FormViewProps) {
  const {
    questionnaire,
    response,
    onChange,
    isReadOnly = false,
    neededFor = NOTHING_NEEDED,
    remarks = NO_REMARKS,
    locale,
    references,
    valueSets,
    files,
    signer,
    engine,
    issues,
    placeKey,
    ref,
  } = props;
  const id = useId();
  const zone = useTimeZone() ?? 'Asia/Shanghai';
  const liveRegion = useRef<HTMLDivElement>(null);
  const [session] = useState(() => {
    const nextRowId = createRowIds();
    const values = valuesOf(questionnaire, response, nextRowId);
    const context = engine ? (): EvaluationContext => ({ engine, now: offsetDateTimeOf(Date.now(), zone) }) : null;
    const store = new FormStore(questionnaire, response, values, context);
    for (const [key, { answers }] of store.takeComputed()) values[key] = answers;
    store.changed(values);
    return { nextRowId, values, store, places: new Places(), turns: new MountTurns(), paged: pagesOf(questionnaire) };
  });
  const { store, nextRowId, values, places, turns, paged } = session;
  const { control, setValue, getValues, subscribe } = useHookForm<FormValues>({ defaultValues: values });

  const latest = useRef({ onChange, references });
  latest.current = { onChange, references };

  const settling = useRef<{ readonly flush: () => void; readonly tell: () => void }>(null);
  /** Works out what follows from the last keys, if that is not done yet. */
  const settle = useCallback(() => settling.current?.flush(), []);
  /** What is sent has been told before: told afterwards it would look like a change since, and take away what the answer says of it. */
  const settleAndTell = useCallback(() => {
    settling.current?.flush();
    settling.current?.tell();
  }, []);

  useEffect(() => {
    let pause: ReturnType<typeof setTimeout> | undefined;
    const changed = new Set<FieldKey>();
    const computed = new Map<FieldKey, string>();
    const work = () => {
      store.changed(getValues(), ...changed);
      changed.clear();
      for (const [key, { item, answers }] of store.takeComputed()) {
        const words = answers.map((answer) => valueText(questionnaire, item, answer, locale)).join(', ');
        if (!settingsOf(item).hidden) computed.set(key, `${labelOf(item, locale)}: ${words}`);
        setValue(key, answers);
      }
    };
    const afterPaint = new AfterPaint(work);
    const tell = () => {
      pause = undefined;
      afterPaint.flush();
      store.measure();
      if (computed.size > 0 && liveRegion.current) liveRegion.current.textContent = [...computed.values()].join('; ');
      computed.clear();
      latest.current.onChange?.(store.build.response);
    };
    const tellNow = () => {
      if (pause === undefined) return;
      clearTimeout(pause);
      tell();
    };
    settling.current = { flush: () => afterPaint.flush(), tell: tellNow };
    const unsubscribe = subscribe({
      formState: { values: true },
      callback: ({ name, type }) => {
        if (name) changed.add(name);
        // A person sees their key first; rows that come or go, and what is computed, belong together with what follows from them.
        if (type === 'change') afterPaint.ask();
        else work();
        clearTimeout(pause);
        pause = setTimeout(tell, PAUSE_MS);
      },
    });
    return () => {
      unsubscribe();
      tellNow();
    };
  }, [store, subscribe, setValue, getValues, questionnaire, locale]);

  const goTo = useCallback(
    (key: FieldKey) => {
      // What hides the field has to be gone before it can take the focus.
      flushSync(() => places.reveal(store.wayTo(key)));
      focusField(elementIds(id, key).control);
    },
    [id, places, store],
  );
  useEffect(() => {
    const first = issues && store.showFromServer(issues);
    if (first === undefined) return;
    // Once they are painted: what hides the field can only be opened outside of an effect.
    const pause = setTimeout(() => goTo(first));
    return () => clearTimeout(pause);
  }, [issues, store, goTo]);
  const leave = useCallback(
    (key: FieldKey) => {
      settle();
      store.left(key);
    },
    [settle, store],
  );
  useImperativeHandle(
    ref,
    () => ({
      submit: () => {
        settleAndTell();
        const [first] = store.submit().keys();
        if (first === undefined) return store.pruned();
        goTo(first);
        return null;
      },
      draft: () => {
        settle();
        return store.build.response;
      },
      pruned: () => {
        settle();
        return store.pruned();
      },
      right: () => {
        settleAndTell();
        return store.isRight() ? store.pruned() : null;
      },
    }),
    [store, settle, settleAndTell, goTo],
  );

  const scope = useMemo<FormScope>(
    () => ({
      id,
      questionnaire,
      locale,
      zone,
      isReadOnly,
      neededFor,
      remarks,
      control,
      setValue,
      getValues,
      store,
      places,
      turns,
      goTo,
      leave,
      references: references && { search: (kind, q) => latest.current.references?.search(kind, q) ?? Promise.resolve([]) },
      valueSets,
      files,
      signer,
      nextRowId,
      announce: (text) => {
        if (liveRegion.current) liveRegion.current.textContent = text;
      },
    }),
    [
      id,
      questionnaire,
      locale,
      zone,
      isReadOnly,
      neededFor,
      remarks,
      control,
      setValue,
      getValues,
      store,
      places,
      turns,
      goTo,
      leave,
      references,
      valueSets,
      files,
      signer,
      nextRowId,
    ],
  );

  return (
    <ConfigProvider locale={locale === 'en' ? enUS : zhCN} componentDisabled={isReadOnly}>
      <FormContext value={scope}>
        <div className={styles.container}>
          <div className={styles.form} lang={locale} onKeyDownCapture={() => turns.hold()}>
            <FormBody questionnaire={questionnaire} paged={paged} placeKey={placeKey} />
          </div>
          <div ref={liveRegion} className={styles.visuallyHidden} aria-live="polite" />
        </div>
      </FormContext>
    </ConfigProvider>
  );
}

interface FormBodyProps {
  readonly questionnaire: Questionnaire;
  readonly paged: PagedForm | null;
  readonly placeKey: string | undefined;
}

/** All that is seen. A page around it that says "saved" does not have hundreds of fields drawn again. */
const FormBody = memo(function FormBody({ questionnaire, paged, placeKey }: FormBodyProps) {
  return (
    <>
      {paged ? <PageNav paged={paged} /> : <SectionNav />}
      <div className={styles.body}>
        <ErrorSummary />
        {paged ? <Pages paged={paged} placeKey={placeKey} /> : <Sections items={questionnaire.item ?? []} />}
      </div>
    </>
  );
});
