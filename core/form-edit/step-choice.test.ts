import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { form, item } from '#core/form/sample-form.ts';
import { editableForm, edited, editSeed } from '#test/support/random/editable-form.ts';
import type { MigrationStep } from './migration-step.ts';
import { AS_PROPOSED, choiceFrom, decide, doneSteps, isAsProposed, withDone, withOwn, withoutOwn } from './step-choice.ts';

const BEFORE = form(item('age', 'integer', { text: '年龄' }), item('note', 'string', { text: '备注' }));
const AFTER = form(item('years', 'decimal', { text: '岁数' }), item('remark', 'text', { text: '说明' }));
const TO_YEARS: MigrationStep = { kind: 'rename-item', from: 'age', to: 'years' };
const done = (...args: Parameters<typeof decide>) => doneSteps(decide(...args));

describe('of the steps that a difference proposes', () => {
  it('all are done where nothing was decided', () => {
    expect(done(BEFORE, AFTER, AS_PROPOSED)).toEqual([
      { kind: 'drop-item', linkId: 'age' },
      { kind: 'drop-item', linkId: 'note' },
    ]);
  });

  it('one that is declined stays in sight and is not done, until it is wanted again', () => {
    const drop: MigrationStep = { kind: 'drop-item', linkId: 'age' };
    const choice = withDone(AS_PROPOSED, drop, false);
    expect(decide(BEFORE, AFTER, choice).steps.map(({ isDone }) => isDone)).toEqual([false, true]);
    expect(isAsProposed(withDone(choice, drop, true))).toBe(true);
  });

  it('one is changed, and what follows from the change is proposed with it', () => {
    const choice = withOwn(AS_PROPOSED, TO_YEARS);
    expect(done(BEFORE, AFTER, choice)).toEqual([
      TO_YEARS,
      { kind: 'drop-item', linkId: 'note' },
      { kind: 'convert', linkId: 'years', from: 'integer', to: 'decimal' },
    ]);
    expect(done(BEFORE, AFTER, withoutOwn(choice, TO_YEARS))).toEqual(done(BEFORE, AFTER, AS_PROPOSED));
  });

  it('a change takes back that it was declined', () => {
    const drop: MigrationStep = { kind: 'drop-item', linkId: 'age' };
    const choice = withOwn(withDone(AS_PROPOSED, drop, false), TO_YEARS, drop);
    expect(done(BEFORE, AFTER, choice)).toContainEqual(TO_YEARS);
  });

  it('others are done besides, and tell that nobody proposed them', () => {
    const own: MigrationStep = { kind: 'map-option', linkId: 'remark', from: 'a', to: null, note: '请另行说明' };
    const { steps } = decide(BEFORE, AFTER, withOwn(AS_PROPOSED, own));
    expect(steps.at(-1)).toEqual({ step: own, proposal: null, isDone: true });
  });

  it('whatever the edits, what was decided is the same after it was saved', () => {
    fc.assert(
      fc.property(
        editableForm,
        fc.array(editSeed, { maxLength: 5 }),
        fc.array(fc.nat(20), { maxLength: 3 }),
        fc.boolean(),
        (before, seeds, away, states) => {
          const after = edited(before, seeds);
          const { steps, diff } = decide(before, after, AS_PROPOSED);
          const [gone, fresh] = [diff.removed[0], diff.added[0]];
          const stated =
            states && gone && fresh ? withOwn(AS_PROPOSED, { kind: 'rename-item', from: gone.linkId, to: fresh.linkId }) : AS_PROPOSED;
          const choice = away.reduce((chosen, index) => {
            const step = steps[index % Math.max(steps.length, 1)];
            return step ? withDone(chosen, step.step, false) : chosen;
          }, stated);
          const saved = done(before, after, choice);
          expect(done(before, after, choiceFrom(before, after, saved))).toEqual(saved);
          expect(isAsProposed(choiceFrom(before, after, null))).toBe(true);
        },
      ),
      { numRuns: 150, interruptAfterTimeLimit: 20_000 },
    );
  });
});
