'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Select } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { ModificationPlanView, OperatedInstance } from '#api/views/operations.ts';
import { type ApiError, send } from '#web/lib/api.ts';
import { commands, useCommand } from '#web/lib/use-command.ts';
import { useErrorWords, useText } from '#web/lib/use-words.ts';
import { ReasonField } from '#web/ui/ReasonField.tsx';
import type { Chosen } from './Modification.tsx';
import { ModificationPlan } from './ModificationPlan.tsx';
import styles from './Operations.module.css';

export interface ModificationFormProps {
  readonly instance: OperatedInstance;
  readonly chosen: Chosen;
  readonly onChoose: (chosen: Chosen) => void;
  readonly onDone: () => void;
}

/** Choose, see the plan, confirm with a reason. Whatever is chosen anew needs a new plan. */
export function ModificationForm({ instance, chosen, onChoose, onDone }: ModificationFormProps) {
  const t = useTranslations('operate.modify');
  const { text } = useText();
  const words = useErrorWords();
  const client = useQueryClient();
  const { message } = App.useApp();
  const id = useId();
  const [variables, setVariables] = useState('');
  const [reason, setReason] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [planned, setPlanned] = useState<{ readonly asked: string; readonly plan: ModificationPlanView } | null>(null);
  const read = objectFrom(variables);
  const body = {
    activate: chosen.begin.map((elementId) => ({ elementId })),
    cancel: chosen.cancel,
    variables: read ?? {},
  };
  const asked = JSON.stringify(body);
  const plan = planned?.asked === asked ? planned.plan : null;
  const planning = useMutation<ModificationPlanView, ApiError>({
    mutationFn: () => send('POST', commands.planModification(instance.id), { commandId: crypto.randomUUID(), ...body }),
    onSuccess: (answer) => setPlanned({ asked, plan: answer }),
    onError: (error) => void message.error(words(error)),
  });
  const command = useCommand({
    onDone: () => {
      onDone();
      void client.invalidateQueries({ queryKey: ['operations'] });
    },
    onRefused: (error) => void message.error(words(error)),
  });
  const isEmpty = chosen.begin.length + chosen.cancel.length === 0 && variables.trim() === '';
  const isReasonMissing = isChecked && reason.trim() === '';

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        if (plan && reason.trim() !== '') command.send(commands.modify(instance.id, { ...body, reason: reason.trim() }));
      }}
    >
      <label htmlFor={`${id}-begin`}>{t('begin')}</label>
      <Select
        id={`${id}-begin`}
        mode="multiple"
        showSearch={{ optionFilterProp: 'label' }}
        value={[...chosen.begin]}
        onChange={(begin: string[]) => onChoose({ ...chosen, begin })}
        options={instance.enterable.map(({ elementId, name }) => ({ value: elementId, label: `${text(name)} (${elementId})` }))}
      />
      <label htmlFor={`${id}-cancel`}>{t('cancel')}</label>
      <Select
        id={`${id}-cancel`}
        mode="multiple"
        value={[...chosen.cancel]}
        onChange={(cancel: number[]) => onChoose({ ...chosen, cancel })}
        options={instance.elements
          .filter(({ scopeKey, loopIndex }) => scopeKey !== null && loopIndex === null)
          .map(({ key, elementId, name }) => ({ value: key, label: `${text(name)} (${elementId}, ${key})` }))}
      />
      <label htmlFor={`${id}-variables`}>{t('variables')}</label>
      <Input.TextArea
        id={`${id}-variables`}
        value={variables}
        onChange={({ target }) => setVariables(target.value)}
        autoSize={{ minRows: 2, maxRows: 8 }}
        status={read === null ? 'error' : ''}
        aria-invalid={read === null}
        aria-describedby={`${id}-variables-error`}
      />
      <p id={`${id}-variables-error`} className={styles.error} role="alert">
        {read === null ? t('variablesInvalid') : ''}
      </p>
      <div className={styles.actions}>
        <Button loading={planning.isPending} disabled={isEmpty || read === null} onClick={() => planning.mutate()}>
          {t('plan')}
        </Button>
      </div>
      {plan ? (
        <>
          <ModificationPlan plan={plan} />
          <ReasonField label={t('reason')} value={reason} onChange={setReason} error={isReasonMissing ? t('reasonRequired') : ''} />
          <div className={styles.actions}>
            <Button type="primary" htmlType="submit" loading={command.isPending}>
              {t('apply')}
            </Button>
          </div>
        </>
      ) : null}
    </form>
  );
}

/** Null for what is no JSON object; nothing written changes nothing. */
function objectFrom(text: string): Readonly<Record<string, unknown>> | null {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}
