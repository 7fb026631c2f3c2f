import { expect, it } from 'vitest';
import { a, answers, g } from '#core/form/sample-form.ts';
import { LAYOUTS_FORM } from '#core/form/sample-layouts.ts';
import { createRowIds, valuesOf } from './model.ts';
import { Places, TOP } from './places.ts';
import { FormStore } from './store.ts';

const response = answers(g('body', g('fall-log', a('fall-where', { valueString: '浴室' }))));
const store = new FormStore(LAYOUTS_FORM, response, valuesOf(LAYOUTS_FORM, response, createRowIds()));

it('everything around a field is opened on the way to it', () => {
  const places = new Places();
  let told = 0;
  places.subscribe(() => {
    told += 1;
  });
  places.reveal(store.wayTo('f_glasses'));
  expect([places.openIn(TOP), places.openIn('f_limbs')]).toEqual(['f_body', 'f_eyes']);
  expect(told).toBe(1);
  places.reveal(store.wayTo('f_falls'));
  // The tab stays as it was left.
  expect([places.openIn(TOP), places.openIn('f_limbs')]).toEqual(['f_basics', 'f_eyes']);
});

it('the way to a field in a row leads through the group of the rows', () => {
  expect(store.wayTo('r1_fall-where')).toEqual(['f_body', 'f_fall-log', 'r1_fall-where']);
  expect(store.wayTo('f_nowhere')).toEqual([]);
});

it('what is open is counted for every group around it', () => {
  const counts = ['f_basics', 'f_mood', 'f_body', 'f_limbs', 'f_legs', 'f_left', 'f_eyes', 'f_ears'].map((key) => store.openCountOf(key));
  expect(counts).toEqual([1, 3, 3, 3, 2, 1, 1, 0]);
});
