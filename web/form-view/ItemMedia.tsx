'use client';

import { ExportOutlined } from '@ant-design/icons';
import { useTranslations } from 'next-intl';
import type { Media } from '#core/form/extensions.ts';
import styles from './extras.module.css';

interface ItemMediaProps {
  readonly media: Media;
  readonly label: string;
}

/** Only what stands in the form itself is drawn: the page's policy lets nothing be loaded from elsewhere, so there is a link instead. */
export function ItemMedia({ media, label }: ItemMediaProps) {
  const t = useTranslations('form');
  const title = media.title ?? label;
  const kind = kindOf(media);
  const source = sourceOf(media);
  if (source !== null && kind === 'image') {
    // biome-ignore lint/performance/noImgElement: the picture stands in the form itself.
    return <img className={styles.picture} src={source} alt={title} />;
  }
  // biome-ignore lint/a11y/useMediaCaption: a form has no captions to give.
  if (source !== null && kind === 'audio') return <audio className={styles.sound} controls src={source} aria-label={title} />;
  // biome-ignore lint/a11y/useMediaCaption: a form has no captions to give.
  if (source !== null && kind === 'video') return <video className={styles.picture} controls src={source} aria-label={title} />;
  if (media.url !== undefined && /^https?:/i.test(media.url)) {
    return (
      <a className={styles.link} href={media.url} target="_blank" rel="noreferrer">
        {t('openMedia', { kind, title })} <ExportOutlined aria-hidden />
      </a>
    );
  }
  return <span className={styles.none}>{t('mediaNotShown', { title })}</span>;
}

const kindOf = ({ contentType, url }: Media): 'image' | 'audio' | 'video' | 'other' => {
  const type = contentType ?? /^data:([^;,]+)/.exec(url ?? '')?.[1] ?? '';
  return type.startsWith('image/') ? 'image' : type.startsWith('audio/') ? 'audio' : type.startsWith('video/') ? 'video' : 'other';
};

function sourceOf({ data, url, contentType }: Media): string | null {
  if (data !== undefined && contentType !== undefined) return `data:${contentType};base64,${data}`;
  return url?.startsWith('data:') ? url : null;
}
