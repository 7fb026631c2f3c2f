import type { FormHand } from './browser-form.ts';

/** What a reviewer checks of an application, as the forms ask it. */
const CHECKLISTS = {
  consult: ['资料完整', '在协作计划与权限内', '知情同意有效', '会诊类型恰当', '紧急程度恰当'],
  referral: ['资料完整', '在协作计划与权限内', '知情同意有效', '转诊方向与层级相符', '有转诊指征', '接收机构恰当', '紧急程度恰当'],
} as const;

/** Finds every point in order. */
export async function answerChecklist(form: FormHand, of: keyof typeof CHECKLISTS): Promise<void> {
  for (const point of CHECKLISTS[of]) await form.choose(point, '是');
}
