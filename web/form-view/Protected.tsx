'use client';

import { ConfigProvider } from 'antd';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { settingsOf } from '#core/form/extensions.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import { FormContext, useForm, useIsEnabled } from './form-context.ts';
import { keyOf, type RowId } from './model.ts';

const InsideProtected = createContext(false);

export type Presence = 'enabled' | 'protected' | 'hidden';

/** Whether an item can be filled in, only be seen, or neither. */
export function usePresence(item: QuestionnaireItem, row: RowId): Presence {
  const isEnabled = useIsEnabled(keyOf(row, item.linkId));
  const isInside = useContext(InsideProtected);
  const { hidden, isProtected } = settingsOf(item);
  if (hidden) return 'hidden';
  return isEnabled ? 'enabled' : isProtected || isInside ? 'protected' : 'hidden';
}

/** What is greyed out takes no input, with all that is below it. */
export function Protected({ isOn, children }: { readonly isOn: boolean; readonly children: ReactNode }) {
  const scope = useForm();
  const locked = useMemo(() => ({ ...scope, isReadOnly: true }), [scope]);
  if (!isOn) return children;
  return (
    <InsideProtected value={true}>
      <FormContext value={locked}>
        <ConfigProvider componentDisabled>{children}</ConfigProvider>
      </FormContext>
    </InsideProtected>
  );
}
