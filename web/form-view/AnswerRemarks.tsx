'use client';

import { MessageFilled } from '@ant-design/icons';
import styles from './FormView.module.css';
import { useForm } from './form-context.ts';

/** What was said of the answer by whoever sent it back, over the field in which it is given again. */
export function AnswerRemarks({ id, linkId }: { readonly id: string; readonly linkId: string }) {
  const found = useForm().remarks.get(linkId);
  if (!found) return null;
  return (
    <ul id={id} className={styles.remarks}>
      {found.map(({ words, from }) => (
        <li key={`${from} ${words}`}>
          <MessageFilled aria-hidden /> <span className={styles.remarkFrom}>{from}</span> {words}
        </li>
      ))}
    </ul>
  );
}
