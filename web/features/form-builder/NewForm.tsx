'use client';

import { useMutation } from '@tanstack/react-query';
import { App, Button, Input, Modal, Select } from 'antd';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { EditionView, FormsView } from '#api/views/forms.ts';
import { type ApiError, send } from '#web/lib/api.ts';
import { reads } from '#web/lib/reads.ts';
import { useErrorWords, useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import styles from './FormBuilder.module.css';

/** Addresses and file names are made of it. */
const KEY = /^[a-z][a-z0-9-]{1,60}$/;

/** The next one of its flow, as nobody who writes questions should have to think of it. */
function freeKey(flows: FormsView['flows'], flow: string): string {
  const taken = new Set(flows.find(({ key }) => key === flow)?.forms.map(({ formKey }) => formKey));
  for (let number = 1; ; number += 1) if (!taken.has(`${flow}-form-${number}`)) return `${flow}-form-${number}`;
}

/** A form that a flow lacks; its steps ask it once the diagram names it. */
export function NewForm({ flows }: { readonly flows: FormsView['flows'] }) {
  const t = useTranslations('formBuilder.newForm');
  const common = useTranslations('common');
  const { text } = useText();
  const words = useErrorWords();
  const router = useRouter();
  const { message } = App.useApp();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [flow, setFlow] = useState(flows[0]?.key ?? '');
  const [title, setTitle] = useState('');
  const [typed, setTyped] = useState<string | null>(null);
  const key = typed ?? freeKey(flows, flow);
  const isTaken = flows.find((each) => each.key === flow)?.forms.some(({ formKey }) => formKey === key) ?? false;
  const begin = useMutation<EditionView, ApiError>({
    mutationFn: () =>
      send('POST', reads.edition(flow, key).path, {
        questionnaire: { resourceType: 'Questionnaire', status: 'draft', title: title.trim(), language: 'zh-CN', item: [] },
      }),
    onSuccess: () => router.push(paths.formEdition(flow, key)),
    onError: (error) => void message.error(words(error)),
  });
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('open')}
      </Button>
      <Modal
        open={isOpen}
        title={t('title')}
        onCancel={() => setOpen(false)}
        onOk={() => begin.mutate()}
        okText={t('begin')}
        cancelText={common('cancel')}
        okButtonProps={{ disabled: title.trim() === '' || !KEY.test(key) || isTaken, loading: begin.isPending }}
      >
        <div className={styles.settings}>
          <div className={styles.setting}>
            <label htmlFor={`${id}-flow`}>{t('flow')}</label>
            <Select
              id={`${id}-flow`}
              value={flow}
              onChange={setFlow}
              options={flows.map((each) => ({ value: each.key, label: text(each.name) }))}
            />
          </div>
          <div className={styles.setting}>
            <label htmlFor={`${id}-title`}>{t('formTitle')}</label>
            <Input id={`${id}-title`} value={title} onChange={({ target }) => setTitle(target.value)} maxLength={200} />
          </div>
          <div className={styles.setting}>
            <label htmlFor={`${id}-key`}>{t('key')}</label>
            <Input
              id={`${id}-key`}
              value={key}
              onChange={({ target }) => setTyped(target.value)}
              maxLength={60}
              aria-describedby={`${id}-hint`}
              status={isTaken ? 'error' : ''}
            />
            <small id={`${id}-hint`} className={styles.quiet} role={isTaken ? 'alert' : undefined}>
              {isTaken ? t('taken') : t('keyHint')}
            </small>
          </div>
        </div>
      </Modal>
    </>
  );
}
