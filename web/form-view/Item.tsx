'use client';

import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import { Display } from './Display.tsx';
import { Field } from './Field.tsx';
import { Group } from './Group.tsx';
import type { RowId } from './model.ts';

/** Any item of a form; shown while it is enabled. */
export function Item({ item, row, level }: { readonly item: QuestionnaireItem; readonly row: RowId; readonly level: number }) {
  if (item.type === 'group') return <Group item={item} row={row} level={level} />;
  if (item.type === 'display') return <Display item={item} row={row} />;
  const nested = (item.item ?? []).filter(({ type }) => type !== 'display');
  return (
    <>
      <Field item={item} row={row} />
      {nested.map((child) => (
        <Item key={child.linkId} item={child} row={row} level={level} />
      ))}
    </>
  );
}
