'use client';

import { App, Select } from 'antd';
import { useTranslations } from 'next-intl';
import { ITEM_TYPES, type ItemType } from '#core/form/questionnaire.ts';
import { typeChangeLoss } from '#core/form-edit/type-change.ts';
import styles from '../FormBuilder.module.css';
import { ItemIcon } from '../ItemIcon.tsx';
import { Labelled } from './Labelled.tsx';
import type { SettingProps } from './setting-field.ts';

/** Another type drops what it has no use for: said before, not found out after. */
export function TypeField({ id, value, onChange, isDisabled, item }: SettingProps<ItemType>) {
  const t = useTranslations('formBuilder');
  const { modal } = App.useApp();
  const choose = (type: ItemType) => {
    const losses = typeChangeLoss(item, type);
    if (losses.length === 0) {
      onChange(type);
      return;
    }
    modal.confirm({
      title: t('typeTitle', { type: t(`types.${type}`) }),
      content: t('typeLoss', {
        settings: losses
          .map((loss) => (loss.kind === 'setting' ? t(`settings.${loss.setting}`) : t('itemsBelow', { count: loss.linkIds.length })))
          .join(t('listSeparator')),
      }),
      okText: t('typeChange'),
      cancelText: t('cancel'),
      onOk: () => onChange(type),
    });
  };
  return (
    <Labelled id={id} name="type">
      <Select
        id={id}
        className={styles.full}
        value={value}
        disabled={isDisabled}
        onChange={choose}
        showSearch={{ optionFilterProp: 'title' }}
        options={ITEM_TYPES.map((type) => ({
          value: type,
          title: t(`types.${type}`),
          label: (
            <>
              <ItemIcon type={type} /> {t(`types.${type}`)}
            </>
          ),
        }))}
      />
    </Labelled>
  );
}
