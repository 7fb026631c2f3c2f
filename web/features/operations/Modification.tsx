'use client';

import { App, Button, Tooltip } from 'antd';
import { useTranslations } from 'next-intl';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import type { OperatedInstance } from '#api/views/operations.ts';
import { FlowDiagram } from '#web/features/diagram/FlowDiagram.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { ModificationForm } from './ModificationForm.tsx';
import styles from './Operations.module.css';

/** What somebody is about to change, before it is planned. */
export interface Chosen {
  readonly begin: readonly string[];
  readonly cancel: readonly number[];
}

const NOTHING: Chosen = { begin: [], cancel: [] };

/** Where the instance stands on its diagram; and, for an operator who says so, the picking of what is begun and cancelled there. */
export function Modification({ instance, children }: { readonly instance: OperatedInstance; readonly children: ReactNode }) {
  const t = useTranslations('operate');
  const { message } = App.useApp();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const { elements, enterable } = instance;
  const isPossible = instance.status === 'active' && instance.suspended === null;

  const pick = useCallback(
    (elementId: string) =>
      setChosen((now) => {
        if (!now) return now;
        const living = elements.filter((each) => each.elementId === elementId && each.loopIndex === null);
        if (living.length > 0) return { ...now, cancel: toggled(now.cancel, ...living.map(({ key }) => key)) };
        return enterable.some((each) => each.elementId === elementId) ? { ...now, begin: toggled(now.begin, elementId) } : now;
      }),
    [elements, enterable],
  );
  const marks = useMemo(
    () =>
      chosen
        ? {
            toBegin: chosen.begin,
            toCancel: elements.flatMap(({ key, elementId }) => (chosen.cancel.includes(key) ? [elementId] : [])),
          }
        : {},
    [chosen, elements],
  );

  return (
    <Panel
      title={t('elements')}
      extra={
        <Tooltip title={isPossible ? null : t('modify.notNow')}>
          <Button disabled={!isPossible} onClick={() => setChosen(chosen ? null : NOTHING)}>
            {chosen ? t('modify.stop') : t('modify.start')}
          </Button>
        </Tooltip>
      }
    >
      {chosen ? <p className={styles.hint}>{t('modify.hint')}</p> : null}
      <FlowDiagram diagram={instance.diagram} marks={marks} {...(chosen ? { onPick: pick } : {})} />
      {chosen && isPossible ? (
        <ModificationForm
          instance={instance}
          chosen={chosen}
          onChoose={setChosen}
          onDone={() => {
            setChosen(null);
            message.success(t('modify.applied'));
          }}
        />
      ) : (
        children
      )}
    </Panel>
  );
}

function toggled<T>(list: readonly T[], ...items: readonly T[]): readonly T[] {
  const isThere = items.every((item) => list.includes(item));
  return isThere ? list.filter((item) => !items.includes(item)) : [...new Set([...list, ...items])];
}
