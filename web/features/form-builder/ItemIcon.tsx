import {
  AlignLeftOutlined,
  CalendarOutlined,
  CheckCircleOutlined,
  ClockCircleOutlined,
  ColumnWidthOutlined,
  FieldNumberOutlined,
  FontSizeOutlined,
  GroupOutlined,
  InfoCircleOutlined,
  LinkOutlined,
  NumberOutlined,
  OrderedListOutlined,
  PaperClipOutlined,
  ScheduleOutlined,
  UnorderedListOutlined,
  UserOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import type { ItemType } from '#core/form/questionnaire.ts';

const ICONS: Record<ItemType, ComponentType> = {
  group: GroupOutlined,
  display: InfoCircleOutlined,
  boolean: CheckCircleOutlined,
  decimal: FieldNumberOutlined,
  integer: NumberOutlined,
  date: CalendarOutlined,
  dateTime: ScheduleOutlined,
  time: ClockCircleOutlined,
  string: FontSizeOutlined,
  text: AlignLeftOutlined,
  url: LinkOutlined,
  choice: UnorderedListOutlined,
  'open-choice': OrderedListOutlined,
  attachment: PaperClipOutlined,
  reference: UserOutlined,
  quantity: ColumnWidthOutlined,
};

export function ItemIcon({ type }: { readonly type: ItemType }) {
  const Icon = ICONS[type];
  return (
    <span aria-hidden>
      <Icon />
    </span>
  );
}
