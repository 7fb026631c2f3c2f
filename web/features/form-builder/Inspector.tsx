'use client';

import { Collapse, Input } from 'antd';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import type { Finding } from '#core/bpmn/finding.ts';
import type { ItemChanges, SettingName } from '#core/form-edit/item-changes.ts';
import { isBlank } from '#core/form-edit/item-changes.ts';
import { readItem } from '#core/form-edit/item-settings.ts';
import { settingsOfType } from '#core/form-edit/setting-types.ts';
import { findItem } from '#core/form-edit/tree.ts';
import { FindingLines } from './FindingLines.tsx';
import styles from './FormBuilder.module.css';
import { SETTING_FIELDS } from './settings/index.ts';
import { OPEN_AT_FIRST, SECTIONS } from './settings/sections.ts';
import type { SettingProps } from './settings/setting-field.ts';
import type { EditionWork } from './use-edition.ts';

export interface InspectorProps {
  readonly work: EditionWork;
  readonly linkId: string;
  readonly findings: readonly Finding[];
  readonly onRenamed: (linkId: string) => void;
}

/** The settings of one item, in the words of whoever asks questions and not of the standard. */
export function Inspector({ work, linkId, findings, onRenamed }: InspectorProps) {
  const t = useTranslations('formBuilder');
  const id = useId();
  const found = findItem(work.form, linkId);
  if (!found) return null;
  const { item } = found;
  const values = readItem(item);
  const offered = settingsOfType(item.type);
  const set = <Name extends SettingName>(name: Name, value: ItemChanges[Name]) =>
    work.apply({ kind: 'set', linkId, changes: { [name]: value } }, `${linkId}/${name}`);
  const propsOf = <Name extends SettingName>(name: Name): SettingProps<ItemChanges[Name]> => ({
    id: `${id}-${name}`,
    value: values[name],
    onChange: (value) => set(name, value),
    onLeave: work.left,
    isDisabled: work.isLocked,
    item,
    form: work.form,
    flow: work.edition.serviceKey,
    apply: work.apply,
  });
  const sections = SECTIONS.map(({ key, settings }) => ({ key, settings: settings.filter((name) => offered.includes(name)) })).filter(
    ({ settings }) => settings.length > 0,
  );
  return (
    <div className={styles.inspector}>
      <FindingLines findings={findings} />
      <Collapse
        key={linkId}
        size="small"
        defaultActiveKey={sections
          .filter(({ key, settings }) => OPEN_AT_FIRST.includes(key) || settings.some((name) => !isBlank(values[name])))
          .map(({ key }) => key)}
        items={sections.map(({ key, settings }) => ({
          key,
          label: t(`sections.${key}`),
          children: (
            <div className={styles.settings}>
              {settings.map((name) => {
                // A name's field takes that name's value, which the table says and the union does not.
                const Field = SETTING_FIELDS[name] as (props: SettingProps<unknown>) => ReactNode;
                return <Field key={name} {...(propsOf(name) as SettingProps<unknown>)} />;
              })}
              {key === 'basics' ? <LinkId key={linkId} work={work} linkId={linkId} onRenamed={onRenamed} /> : null}
            </div>
          ),
        }))}
      />
    </div>
  );
}

/** Renamed when it is left: conditions and calculations that name it follow. */
function LinkId({
  work,
  linkId,
  onRenamed,
}: {
  readonly work: EditionWork;
  readonly linkId: string;
  readonly onRenamed: (linkId: string) => void;
}) {
  const t = useTranslations('formBuilder');
  const id = useId();
  const [typed, setTyped] = useState(linkId);
  const rename = () => {
    if (typed === linkId) return;
    if (work.apply({ kind: 'rename', linkId, to: typed })) onRenamed(typed);
    else setTyped(linkId);
  };
  return (
    <div className={styles.setting}>
      <label htmlFor={id}>{t('linkId')}</label>
      <Input
        id={id}
        value={typed}
        disabled={work.isLocked}
        onChange={({ target }) => setTyped(target.value)}
        onBlur={rename}
        onPressEnter={rename}
      />
    </div>
  );
}
