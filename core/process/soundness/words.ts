/** What exploration finds, in words that say the mend. */
import type { Words } from '#core/bpmn/report.ts';

export const deadlock: Words = {
  en: 'The instance can stop here for ever: a token waits for another one that can no longer come. Join with the kind of gateway that split, and lead every branch that was begun to the join.',
  zh: '流程可能永远停在这里：令牌所等待的另一令牌已不可能到来。请使用与分支相同类型的网关汇合，并让每条已开始的分支都通向汇合处。',
};

export const circle: Words = {
  en: 'From here the instance goes round in a circle that no choice leads out of. Give it a way to an end.',
  zh: '到达此处后流程将永远循环，没有任何选择可以离开，请为其提供通向结束的路径。',
};

export const endless: Words = {
  en: 'The instance can go round here without ever waiting for anybody, so the step never ends. Let the loop wait for something, or lead it out.',
  zh: '流程可能在此不停循环而不等待任何人，步骤永不结束；请在循环中加入等待，或提供出口。',
};

export const lost: Words = {
  en: 'A token can wait here for another one that no longer comes, while everything else around it is done: the scope then ends only when it is interrupted. Lead every branch that was begun to this join.',
  zh: '令牌可能在此等待不会到来的另一令牌，而范围内其余部分均已完成，只有被中断才能结束；请让每条已开始的分支都通向此汇合。',
};

export const uncaught: Words = {
  en: 'Nothing catches the error that is thrown here, so the instance stops with an incident. Add an error boundary event around it.',
  zh: '此处抛出的错误没有任何事件捕获，实例将停在异常中；请在外层添加错误边界事件。',
};

export const doubled: Words = {
  en: 'This can be entered again while it is still going on, so everything after it happens twice. Join the branches before it with a parallel or inclusive gateway.',
  zh: '此处尚未完成时可能再次进入，其后的一切都会执行两次；请在其前用并行或包容网关汇合各分支。',
};

export const never: Words = {
  en: 'This never happens, whatever is chosen before it. Mend what leads here, or remove it.',
  zh: '无论之前如何选择，这里都不会发生；请修改通向这里的条件，或删除。',
};

export const bounded = (states: number): Words => ({
  en: `The process has more than ${states} states. It was checked only that far, so faults beyond may have been missed. Split it into called processes to have it checked completely.`,
  zh: `流程状态超过 ${states} 个，仅检查到此为止，其后的问题可能未被发现；请拆分为被调用的流程以便完整检查。`,
});
