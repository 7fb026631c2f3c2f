'use client';

import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined, SnippetsOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, InputNumber } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { anOption, type OptionForEdit, optionsForEdit } from '#core/form-edit/option-setting.ts';
import styles from '../FormBuilder.module.css';
import { Labelled } from './Labelled.tsx';
import { PasteOptions } from './PasteOptions.tsx';
import type { SettingProps } from './setting-field.ts';

/** The options of a choice, a line each; many are pasted from a spreadsheet. */
export function OptionsField({ id, onChange, onLeave, isDisabled, item, form }: SettingProps<readonly OptionForEdit[]>) {
  const t = useTranslations('formBuilder.options');
  const [isPasting, setPasting] = useState(false);
  const options = optionsForEdit(form, item);
  const change = (index: number, changes: Partial<OptionForEdit>) =>
    onChange(options.map((option, at) => (at === index ? { ...option, ...changes } : option)));
  const add = () => {
    const codes = new Set(options.map(({ code }) => code));
    let number = options.length + 1;
    while (codes.has(String(number))) number += 1;
    onChange([...options, anOption(String(number), t('newDisplay', { number }), { system: options.at(-1)?.system ?? '' })]);
  };
  const swap = (index: number, other: number) =>
    onChange(options.with(index, options[other] as OptionForEdit).with(other, options[index] as OptionForEdit));
  return (
    <Labelled id={id} name="options" isGroup>
      <ol className={styles.options}>
        {options.map((option, index) => (
          // Lines have no name but their place while their code is typed.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above.
          <li key={index}>
            <div className={styles.optionLine}>
              <Input
                aria-label={t('display', { number: index + 1 })}
                placeholder={t('displayShort')}
                value={option.plain ? option.code : option.display}
                disabled={isDisabled}
                onChange={({ target }) => change(index, option.plain ? { code: target.value } : { display: target.value })}
                onBlur={onLeave}
              />
              <Button
                size="small"
                type="text"
                icon={<ArrowUpOutlined aria-hidden />}
                aria-label={t('up', { number: index + 1 })}
                disabled={isDisabled || index === 0}
                onClick={() => swap(index, index - 1)}
              />
              <Button
                size="small"
                type="text"
                icon={<ArrowDownOutlined aria-hidden />}
                aria-label={t('down', { number: index + 1 })}
                disabled={isDisabled || index === options.length - 1}
                onClick={() => swap(index, index + 1)}
              />
              <Button
                size="small"
                type="text"
                danger
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t('remove', { number: index + 1 })}
                disabled={isDisabled}
                onClick={() => onChange(options.toSpliced(index, 1))}
              />
            </div>
            {option.plain ? null : (
              <div className={styles.optionMore}>
                <Input
                  aria-label={t('code', { number: index + 1 })}
                  placeholder={t('codeShort')}
                  value={option.code}
                  disabled={isDisabled}
                  onChange={({ target }) => change(index, { code: target.value })}
                  onBlur={onLeave}
                />
                <Input
                  lang="en"
                  aria-label={t('english', { number: index + 1 })}
                  placeholder={t('englishShort')}
                  value={option.translations.en ?? ''}
                  disabled={isDisabled}
                  onChange={({ target }) => change(index, { translations: { ...option.translations, en: target.value } })}
                  onBlur={onLeave}
                />
                <InputNumber
                  aria-label={t('score', { number: index + 1 })}
                  placeholder={t('scoreShort')}
                  value={option.score}
                  disabled={isDisabled}
                  onChange={(score) => change(index, { score })}
                  onBlur={onLeave}
                />
                <Input
                  aria-label={t('prefix', { number: index + 1 })}
                  placeholder={t('prefixShort')}
                  value={option.prefix}
                  disabled={isDisabled}
                  onChange={({ target }) => change(index, { prefix: target.value })}
                  onBlur={onLeave}
                />
                <Checkbox
                  checked={option.exclusive}
                  disabled={isDisabled}
                  onChange={({ target }) => change(index, { exclusive: target.checked })}
                >
                  {t('exclusive')}
                </Checkbox>
              </div>
            )}
          </li>
        ))}
      </ol>
      <div className={styles.buttons}>
        <Button size="small" icon={<PlusOutlined aria-hidden />} disabled={isDisabled} onClick={add}>
          {t('add')}
        </Button>
        <Button size="small" icon={<SnippetsOutlined aria-hidden />} disabled={isDisabled} onClick={() => setPasting(true)}>
          {t('paste')}
        </Button>
      </div>
      {isPasting ? <PasteOptions options={options} onClose={() => setPasting(false)} onPaste={onChange} /> : null}
    </Labelled>
  );
}
