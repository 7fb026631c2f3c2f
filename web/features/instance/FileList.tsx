'use client';

import { FileImageOutlined, FilePdfOutlined, FileTextOutlined } from '@ant-design/icons';
import { useTranslations } from 'next-intl';
import type { FileView } from '#api/views.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './InstancePage.module.css';

export function FileList({ files }: { readonly files: readonly FileView[] }) {
  const t = useTranslations('instance');
  const { name } = useText();
  if (files.length === 0) return <EmptyState title={t('noFiles')} />;
  return (
    <ul className={styles.files}>
      {files.map(({ id, name: fileName, contentType, size, by, at }) => (
        <li key={id}>
          <a href={paths.file(id)} target="_blank" rel="noreferrer">
            <span className={styles.fileIcon}>{iconOf(contentType)}</span>
            <span className={styles.fileWords}>
              {fileName}
              <small>
                {sizeWords(size)}
                {by ? ` · ${t('uploadedBy', { name: name(by) })}` : ''} · <TimeText at={at} as="short" />
              </small>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

const iconOf = (contentType: string) =>
  contentType.startsWith('image/') ? (
    <FileImageOutlined aria-hidden />
  ) : contentType === 'application/pdf' ? (
    <FilePdfOutlined aria-hidden />
  ) : (
    <FileTextOutlined aria-hidden />
  );

const sizeWords = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
