'use client';

import { settingsOf } from '#core/form/extensions.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import styles from './extras.module.css';
import { ItemMedia } from './ItemMedia.tsx';
import { SupportLink } from './SupportLink.tsx';

interface ItemExtrasProps {
  readonly item: QuestionnaireItem;
  readonly label: string;
  /** A field has the link beside its label. */
  readonly hasLink?: boolean;
}

/** What an item brings along: pictures, and where more can be read. */
export function ItemExtras({ item, label, hasLink = true }: ItemExtrasProps) {
  const { media, supportLink } = settingsOf(item);
  const link = hasLink && supportLink !== undefined;
  if (media.length === 0 && !link) return null;
  return (
    <div className={styles.extras}>
      {media.map((each, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the media of a form never change places.
        <ItemMedia key={index} media={each} label={label} />
      ))}
      {link ? <SupportLink item={item} label={label} /> : null}
    </div>
  );
}
