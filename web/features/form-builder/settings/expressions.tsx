'use client';

import { useTranslations } from 'next-intl';
import type { ItemChanges, SettingName } from '#core/form-edit/item-changes.ts';
import { ExpressionInput } from './ExpressionInput.tsx';
import { Labelled } from './Labelled.tsx';
import type { SettingProps } from './setting-field.ts';

type ExpressionName = Extract<SettingName, `${string}Expression`>;

/** An expression with its name; the name says what it is for. */
export const expressionField = (name: ExpressionName) =>
  function ExpressionField({ id, ...rest }: SettingProps<ItemChanges[ExpressionName]>) {
    const t = useTranslations('formBuilder.settings');
    return (
      <Labelled id={id} name={name}>
        <ExpressionInput id={id} label={t(name)} {...rest} />
      </Labelled>
    );
  };
