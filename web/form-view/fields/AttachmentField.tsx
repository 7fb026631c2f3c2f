'use client';

import { CloseOutlined, PaperClipOutlined, ReloadOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import { useTranslations } from 'next-intl';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import type { AnswerValue } from '#core/form/questionnaire.ts';
import { fileIdOf } from '#core/form/references.ts';
import { ANSWERS_MAX } from '#core/form/validate.ts';
import { isAllowedType } from '#core/form/validate-answer.ts';
import styles from '../FormView.module.css';
import { fileSizeText } from '../file-size.ts';
import { useForm } from '../form-context.ts';
import type { PendingCode } from '../pending.ts';
import { useIssueText } from '../use-issue-text.ts';
import type { FieldProps, FieldView } from './field.ts';
import { mimeTypesText } from './mime-types.ts';

interface Upload {
  readonly key: number;
  readonly file: File;
  /** 0 … 1 */
  readonly share: number;
  /** Why it is not going on; null while it is. */
  readonly problem: string | null;
  readonly canRetry: boolean;
  readonly stop: AbortController;
}

function AttachmentControl(props: FieldProps) {
  const { item, settings, answers, id, labelId, describedBy, isReadOnly, isInvalid } = props;
  const { files } = useForm();
  const t = useTranslations('form');
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const { uploads, start, retry, drop, remove } = useUploads(props);
  const max = item.repeats ? Math.min(settings.maxOccurs ?? ANSWERS_MAX, ANSWERS_MAX) : 1;
  const canAdd = !isReadOnly && files !== undefined && answers.length + uploads.length < max;
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (canAdd) start([...event.dataTransfer.files].slice(0, max - answers.length - uploads.length));
  };
  const rules = [
    mimeTypesText(settings.mimeTypes, { images: t('images'), videos: t('videos') }),
    settings.maxSizeBytes === undefined ? '' : t('fileSize', { size: fileSizeText(settings.maxSizeBytes) }),
  ].filter(Boolean);
  return (
    <div
      id={id}
      role="group"
      aria-labelledby={labelId}
      aria-describedby={describedBy}
      className={styles.files}
      data-over={isOver || undefined}
      data-invalid={isInvalid || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(canAdd);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      {answers.length + uploads.length > 0 ? (
        <ul className={styles.fileList}>
          {answers.map((answer, index) => (
            <li key={answer.valueAttachment?.url ?? index} className={styles.file}>
              <PaperClipOutlined aria-hidden />
              <FileLink answer={answer} />
              <span className={styles.muted}>
                {answer.valueAttachment?.size === undefined ? '' : fileSizeText(answer.valueAttachment.size)}
              </span>
              {isReadOnly ? null : (
                <Button
                  type="text"
                  className={styles.touch}
                  icon={<CloseOutlined aria-hidden />}
                  aria-label={t('removeFile', { name: answer.valueAttachment?.title ?? '' })}
                  onClick={() => remove(index)}
                />
              )}
            </li>
          ))}
          {uploads.map((upload) => (
            <li key={upload.key} className={styles.file} data-problem={upload.problem !== null || undefined}>
              <PaperClipOutlined aria-hidden />
              <span className={styles.fileName}>{upload.file.name}</span>
              {upload.problem === null ? (
                <Progress
                  className={styles.progress}
                  percent={Math.round(upload.share * 100)}
                  size="small"
                  aria-label={t('uploading', { name: upload.file.name })}
                />
              ) : (
                <span className={styles.issue}>{upload.problem}</span>
              )}
              {upload.canRetry ? (
                <Button
                  type="text"
                  className={styles.touch}
                  icon={<ReloadOutlined aria-hidden />}
                  aria-label={t('retry')}
                  onClick={() => retry(upload)}
                />
              ) : null}
              <Button
                type="text"
                className={styles.touch}
                icon={<CloseOutlined aria-hidden />}
                aria-label={t('removeFile', { name: upload.file.name })}
                onClick={() => drop(upload)}
              />
            </li>
          ))}
        </ul>
      ) : null}
      {isReadOnly ? null : (
        <div className={styles.fileAdd}>
          <Button icon={<UploadOutlined aria-hidden />} disabled={!canAdd} onClick={() => input.current?.click()}>
            {t('addFile')}
          </Button>
          <span className={styles.muted}>
            <span className={styles.dropHint}>{t('dropFile')}</span>
            {rules.length > 0 ? ` ${rules.join(' · ')}` : ''}
          </span>
          <input
            ref={input}
            type="file"
            hidden
            multiple={max > 1}
            accept={settings.mimeTypes.join(',')}
            onChange={({ target }) => {
              start([...(target.files ?? [])].slice(0, max - answers.length - uploads.length));
              // The same file may be chosen again after it was removed.
              target.value = '';
            }}
          />
        </div>
      )}
    </div>
  );
}

function FileLink({ answer }: { readonly answer: AnswerValue }) {
  const { files } = useForm();
  const { url, title } = answer.valueAttachment ?? {};
  const fileId = fileIdOf(url);
  return fileId && files ? (
    <a className={styles.fileName} href={files.url(fileId)} target="_blank" rel="noreferrer">
      {title ?? fileId}
    </a>
  ) : (
    <span className={styles.fileName}>{title ?? url}</span>
  );
}

/** What is refused by its kind or size is no answer; what could not be sent may be yet. */
function pendingOf(uploads: readonly Upload[]): PendingCode | null {
  if (uploads.some(({ problem }) => problem === null)) return 'file-uploading';
  return uploads.some(({ canRetry }) => canRetry) ? 'file-not-uploaded' : null;
}

function useUploads({ settings, answers, onChange, onLeave, onPending }: FieldProps) {
  const { files, announce } = useForm();
  const t = useTranslations('form');
  const issueText = useIssueText();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const lastKey = useRef(0);
  // Several uploads end on their own time; each adds to what is there then.
  const latest = useRef({ answers, onChange, onPending });
  latest.current = { answers, onChange, onPending };
  const running = useRef(new Set<AbortController>());
  useEffect(() => {
    const controllers = running.current;
    return () => {
      for (const controller of controllers) controller.abort();
      latest.current.onPending(null);
    };
  }, []);
  const pending = pendingOf(uploads);
  useEffect(() => latest.current.onPending(pending), [pending]);

  const update = (key: number, change: Partial<Upload>) =>
    setUploads((before) => before.map((upload) => (upload.key === key ? { ...upload, ...change } : upload)));
  const leave = (key: number) => setUploads((before) => before.filter((upload) => upload.key !== key));

  const problemOf = (file: File): string | null => {
    const { maxSizeBytes, mimeTypes } = settings;
    if (maxSizeBytes !== undefined && file.size > maxSizeBytes) return issueText({ code: 'file-too-large', data: { max: maxSizeBytes } });
    return isAllowedType(file.type, mimeTypes)
      ? null
      : issueText({ code: 'file-type', data: { allowed: mimeTypesText(mimeTypes, { images: t('images'), videos: t('videos') }) } });
  };

  const send = async (key: number, file: File, stop: AbortController) => {
    if (!files) return;
    running.current.add(stop);
    try {
      const valueAttachment = await files.upload(file, { onProgress: (share) => update(key, { share }), signal: stop.signal });
      if (stop.signal.aborted) return;
      const next = [...latest.current.answers, { valueAttachment }];
      latest.current = { ...latest.current, answers: next };
      latest.current.onChange(next);
      leave(key);
      announce(t('uploaded', { name: file.name }));
    } catch {
      if (stop.signal.aborted) return;
      const problem = t('uploadFailed', { name: file.name });
      update(key, { problem, canRetry: true });
      announce(problem);
    } finally {
      running.current.delete(stop);
    }
  };

  return {
    uploads,
    start: (chosen: readonly File[]) => {
      for (const file of chosen) {
        const upload: Upload = {
          key: ++lastKey.current,
          file,
          share: 0,
          problem: problemOf(file),
          canRetry: false,
          stop: new AbortController(),
        };
        setUploads((before) => [...before, upload]);
        if (upload.problem === null) void send(upload.key, file, upload.stop);
        else announce(upload.problem);
      }
    },
    retry: (upload: Upload) => {
      update(upload.key, { problem: null, canRetry: false, share: 0 });
      void send(upload.key, upload.file, upload.stop);
    },
    drop: (upload: Upload) => {
      upload.stop.abort();
      leave(upload.key);
    },
    remove: (index: number) => {
      onChange(answers.filter((_, other) => other !== index));
      onLeave();
    },
  };
}

export const attachmentField: FieldView = {
  Control: AttachmentControl,
  labelling: () => 'group',
  isWide: () => true,
  repeatsItself: true,
};
