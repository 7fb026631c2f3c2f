'use client';

import { ExclamationCircleFilled } from '@ant-design/icons';
import type { ReactNode } from 'react';
import styles from './FormView.module.css';
import { elementIds, useForm, useIssue } from './form-context.ts';
import type { FieldKey } from './model.ts';
import { useIssueText } from './use-issue-text.ts';

/** What is wrong with a field. The line keeps its place, so that nothing jumps when words appear in it. */
export function IssueLine({ fieldKey, children }: { readonly fieldKey: FieldKey; readonly children?: ReactNode }) {
  const { id } = useForm();
  const issue = useIssue(fieldKey);
  const textOf = useIssueText();
  return (
    <div className={styles.line}>
      <span id={elementIds(id, fieldKey).issue} className={styles.issue}>
        {issue ? (
          <>
            <ExclamationCircleFilled aria-hidden /> {textOf(issue)}
          </>
        ) : null}
      </span>
      {children}
    </div>
  );
}
