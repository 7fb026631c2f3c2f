'use client';

import { useMutation } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { EditionCheckView, EditionPublishedView, EditionView } from '#api/views/forms.ts';
import type { Finding } from '#core/bpmn/finding.ts';
import { EXTENSION } from '#core/form/extensions.ts';
import { allItems } from '#core/form/items.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { type EditionMove, editionCan } from '#core/version/edition.ts';
import { useMe } from '#web/features/shell/MeContext.tsx';
import { type ApiError, send } from '#web/lib/api.ts';
import { reads } from '#web/lib/reads.ts';
import { useErrorWords } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { ActButtons } from '#web/ui/ActButtons.tsx';
import { ReasonDialog } from '#web/ui/ReasonDialog.tsx';
import { FindingLines } from './FindingLines.tsx';
import styles from './FormBuilder.module.css';
import type { EditionWork } from './use-edition.ts';

export interface EditionActsProps {
  readonly work: EditionWork;
  readonly findings: readonly Finding[];
  readonly onShowChanges: () => void;
}

const ACTS = ['discard', 'send-back', 'send-to-review', 'publish'] as const satisfies readonly EditionMove[];

/** The way of a form from hand to hand. What cannot be done is not offered, but for the last steps, which say what they wait for. */
export function EditionActs({ work, findings, onShowChanges }: EditionActsProps) {
  const t = useTranslations('formBuilder.acts');
  const { can } = useMe();
  const [asking, setAsking] = useState<EditionMove | null>(null);
  const { state } = work.edition;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const reasonAgainst = (act: EditionMove): string | null => {
    if (act === 'publish' && !can.publishForms) return t('noPublishRight');
    if (act !== 'publish' && !can.editForms) return t('noRight');
    // Parts are put in by the server, which checks the whole before a review begins.
    return act === 'send-to-review' && errors > 0 && !namesParts(work.form) ? t('hasErrors', { count: errors }) : null;
  };
  const toneOf = (act: EditionMove) => (act === 'discard' ? 'danger' : act === 'send-back' ? undefined : 'primary');
  return (
    <div className={styles.acts}>
      <ActButtons
        acts={ACTS.filter((act) => editionCan(act, state)).map((act) => ({
          code: act,
          name: t(act),
          reason: reasonAgainst(act),
          tone: toneOf(act),
        }))}
        onAct={setAsking}
      />
      {asking ? <ActDialog act={asking} work={work} onShowChanges={onShowChanges} onClose={() => setAsking(null)} /> : null}
    </div>
  );
}

const namesParts = (form: Questionnaire): boolean =>
  allItems(form.item ?? []).some(({ extension }) => extension?.some(({ url }) => url === EXTENSION.subQuestionnaire));

interface ActDialogProps {
  readonly act: EditionMove;
  readonly work: EditionWork;
  readonly onShowChanges: () => void;
  readonly onClose: () => void;
}

function ActDialog({ act, work, onShowChanges, onClose }: ActDialogProps) {
  const t = useTranslations('formBuilder.acts');
  const words = useErrorWords();
  const router = useRouter();
  const { message } = App.useApp();
  /** What the whole flow has against the form. */
  const [against, setAgainst] = useState<readonly Finding[]>([]);
  const { serviceKey, formKey } = work.edition;
  const { path } = reads.edition(serviceKey, formKey);
  const acting = useMutation<EditionView | EditionPublishedView | null, ApiError, string>({
    mutationFn: async (note) => {
      // What is put away need not be saved first.
      const seen = act === 'discard' ? work.seen() : await work.flush();
      if (!seen) {
        message.warning(t('notSaved'));
        onClose();
        return null;
      }
      if (act === 'send-to-review') {
        const { findings } = await send<EditionCheckView>('POST', `${path}/check`, {});
        const errors = findings.filter(({ severity }) => severity === 'error');
        setAgainst(errors);
        if (errors.length > 0) return null;
      }
      return send('POST', `${path}/${act}`, { ...seen, ...(note === '' ? {} : { note }) });
    },
    onSuccess: (answer) => {
      if (answer === null) return;
      message.success('state' in answer ? t(`done.${act}`) : t('published', { version: answer.version }));
      onClose();
      if ('state' in answer && act !== 'discard') work.moved(answer);
      else router.push(paths.form(serviceKey, formKey));
    },
    onError: (error) => {
      const { findings } = error.view.data ?? {};
      if (Array.isArray(findings)) setAgainst(findings as readonly Finding[]);
      message.error(words(error));
    },
  });
  return (
    <ReasonDialog
      title={t(`title.${act}`)}
      hint={
        <>
          <p>{t(`hint.${act}`)}</p>
          {act === 'publish' || act === 'send-to-review' ? (
            <Button
              type="link"
              className={styles.plainLink}
              onClick={() => {
                onClose();
                onShowChanges();
              }}
            >
              {t('seeChanges')}
            </Button>
          ) : null}
          <FindingLines findings={against} />
        </>
      }
      label={t('note')}
      okText={t(act)}
      isDanger={act === 'discard'}
      isSending={acting.isPending}
      onClose={onClose}
      onSend={(note) => acting.mutate(note)}
    />
  );
}
