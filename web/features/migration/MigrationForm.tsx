'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Select } from 'antd';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import type { MigrationBatchView, MigrationOutcome, MigrationProposal, MigrationReport } from '#api/views/definitions.ts';
import { type ApiError, send } from '#web/lib/api.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useErrorWords, useText } from '#web/lib/use-words.ts';
import { Bone } from '#web/ui/Bone.tsx';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { ReasonField } from '#web/ui/ReasonField.tsx';
import styles from './Migration.module.css';
import { Trial } from './Trial.tsx';

export interface MigrationFormProps {
  readonly flowKey: string;
  readonly version: number;
  readonly to: number;
}

type Names = Readonly<Record<string, string>>;

export function MigrationForm({ flowKey, version, to }: MigrationFormProps) {
  const t = useTranslations('migration');
  const words = useErrorWords();
  const client = useQueryClient();
  const { message } = App.useApp();
  const { data, error, refetch } = useRead(reads.migrationProposal(flowKey, version, to));
  const [chosen, setChosen] = useState<Names>({});
  const [outcomes, setOutcomes] = useState<readonly MigrationOutcome[] | null>(null);
  const [looked, setLooked] = useState(0);
  const [reason, setReason] = useState('');
  const [isChecked, setChecked] = useState(false);
  const commandId = useRef(crypto.randomUUID());
  const path = `${reads.definitionVersion(flowKey, version).path}`;

  const trying = useMutation<readonly MigrationOutcome[], ApiError, Names>({
    mutationFn: async (mapping) => {
      const found: MigrationOutcome[] = [];
      for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
        const report: MigrationReport = await send('POST', `${path}/migration/try`, { to, mapping, ...(after === null ? {} : { after }) });
        found.push(...report.outcomes);
        setLooked(found.length);
        after = report.next;
      }
      return found;
    },
    onSuccess: setOutcomes,
    onError: (failure) => void message.error(words(failure)),
  });
  const starting = useMutation<MigrationBatchView, ApiError, Names>({
    mutationFn: (mapping) => send('POST', `${path}/migrations`, { commandId: commandId.current, to, mapping, reason: reason.trim() }),
    onSuccess: async () => {
      commandId.current = crypto.randomUUID();
      setOutcomes(null);
      setReason('');
      setChecked(false);
      message.success(t('started'));
      await Promise.all([client.invalidateQueries({ queryKey: ['migrations'] }), client.invalidateQueries({ queryKey: ['definitions'] })]);
    },
    onError: (failure) => void message.error(words(failure)),
  });

  if (error && !data) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (!data) return <Bone height="40vh" />;
  const mapping: Names = { ...proposedOf(data), ...chosen };
  const isReasonMissing = isChecked && reason.trim() === '';
  return (
    <>
      <Panel title={t('mapping')}>
        <Mapping
          proposal={data}
          mapping={mapping}
          onChoose={(elementId, target) => {
            setOutcomes(null);
            setChosen(target === undefined ? without(chosen, elementId) : { ...chosen, [elementId]: target });
          }}
        />
        <div className={styles.line}>
          <Button type={outcomes ? 'default' : 'primary'} loading={trying.isPending} onClick={() => trying.mutate(mapping)}>
            {t('try')}
          </Button>
          {trying.isPending ? <span aria-live="polite">{t('trying', { count: looked })}</span> : null}
        </div>
      </Panel>
      {outcomes ? (
        <Panel title={t('tried')}>
          <Trial outcomes={outcomes} />
          {outcomes.some(({ refusal }) => refusal === null) ? (
            <form
              className={styles.form}
              onSubmit={(event) => {
                event.preventDefault();
                setChecked(true);
                if (reason.trim() !== '') starting.mutate(mapping);
              }}
            >
              <p className={styles.hint}>{t('confirmHint')}</p>
              <ReasonField label={t('reason')} value={reason} onChange={setReason} error={isReasonMissing ? t('reasonRequired') : ''} />
              <p>
                <Button type="primary" htmlType="submit" loading={starting.isPending}>
                  {t('start')}
                </Button>
              </p>
            </form>
          ) : null}
        </Panel>
      ) : null}
    </>
  );
}

/** Only what has another name there: the rest keeps its own. */
const proposedOf = ({ pairs }: MigrationProposal): Names =>
  Object.fromEntries(pairs.flatMap(({ elementId, to }) => (to !== null && to !== elementId ? [[elementId, to]] : [])));

const without = (names: Names, elementId: string): Names =>
  Object.fromEntries(Object.entries(names).filter(([from]) => from !== elementId));

interface MappingProps {
  readonly proposal: MigrationProposal;
  readonly mapping: Names;
  readonly onChoose: (elementId: string, target: string | undefined) => void;
}

function Mapping({ proposal, mapping, onChoose }: MappingProps) {
  const t = useTranslations('migration');
  const { text } = useText();
  const open = proposal.pairs.filter(({ elementId, to }) => to !== elementId);
  if (open.length === 0) return <p className={styles.hint}>{t('allMapped')}</p>;
  const nameOf = (elementId: string) => text(proposal.targets.find((each) => each.elementId === elementId)?.name);
  const columns: readonly Column<(typeof open)[number]>[] = [
    {
      id: 'element',
      header: t('element'),
      cell: ({ row: { original } }) => (
        <span>
          {text(original.name)} <code>{original.elementId}</code>
        </span>
      ),
    },
    {
      id: 'becomes',
      header: t('becomes'),
      cell: ({ row: { original } }) => (
        <Select
          className={styles.select ?? ''}
          aria-label={`${t('becomes')} ${text(original.name)}`}
          allowClear
          placeholder={t('unmapped')}
          value={mapping[original.elementId]}
          onChange={(target: string | undefined) => onChoose(original.elementId, target)}
          options={original.candidates.map((each) => ({ value: each, label: `${nameOf(each)} (${each})` }))}
        />
      ),
    },
  ];
  return (
    <>
      <p className={styles.hint}>{t('mappingHint')}</p>
      <DataTable label={t('mappingTable')} columns={columns} rows={open} rowId={({ elementId }) => elementId} />
    </>
  );
}
