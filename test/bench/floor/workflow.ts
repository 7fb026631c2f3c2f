import { allHandlersFinished, condition, defineUpdate, setHandler } from '@temporalio/workflow';

export const step = defineUpdate<number, [number]>('step');

/** The floor: a workflow that takes five updates and does nothing with them. */
export async function bare(): Promise<void> {
  let steps = 0;
  setHandler(step, () => {
    steps += 1;
    return steps;
  });
  await condition(() => steps === 5);
  await condition(allHandlersFinished);
}
