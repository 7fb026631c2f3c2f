/** G-ARR: when, how and with whom. */
import { choice, dateTime, group, integer, long, reference } from './field-kinds.ts';

const form = {
  system: 'consult-form',
  options: {
    video: '视频 | Video',
    phone: '电话 | Phone',
    voice: '语音 | Voice',
    asynchronous: '图文／异步 | Text, asynchronous',
    'in-person': '现场 | In person',
  },
};

const device = {
  system: 'device-need',
  options: {
    'hd-5g-room': '高清 5G 会议间 | High-definition 5G room',
    workstation: 'PC 工作站 | PC workstation',
    phone: '手机 | Phone',
  },
};

export const ARRANGEMENT = group('arrangement', '会诊安排 | Arrangement', [
  dateTime('time', '时间 | Time', { required: true, fact: 'startsAt' }),
  choice('form', '形式 | Form', form, { required: true, fact: 'form' }),
  long('content', '内容 | Content', { required: true }),
  reference('room', '会议间 | Room', 'room', { fact: 'room' }),
  reference('experts', '专家 | Experts', 'person', { required: true, repeats: true, fact: 'experts' }),
  integer('duration', '预计时长 | Duration', {
    minValue: { valueInteger: 5 },
    maxValue: { valueInteger: 480 },
    unit: { system: 'http://unitsofmeasure.org', code: 'min', display: '分钟' },
  }),
  long('whatToPrepare', '请申请方准备 | What to prepare'),
  choice('deviceNeed', '设备需求 | Devices', device),
]);
