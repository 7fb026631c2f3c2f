import { expect, it } from 'vitest';
import { EXTENSION } from '#core/form/extensions.ts';
import { answers, form, item, when } from '#core/form/sample-form.ts';
import { createRowIds, type FormValues, valuesOf } from './model.ts';
import { FormStore } from './store.ts';

const QUESTIONNAIRE = form(
  item('first', 'group', {}, [
    item('q', 'boolean', { required: true }),
    item('why', 'string', { required: true, maxLength: 3, enableWhen: [when('q', '=', { answerBoolean: true })] }),
  ]),
  item('second', 'group', {}, [
    item('row', 'group', { repeats: true }, [item('x', 'integer', { extension: [{ url: EXTENSION.maxValue, valueInteger: 5 }] })]),
  ]),
);

function open() {
  let values: FormValues = valuesOf(QUESTIONNAIRE, answers(), createRowIds());
  const store = new FormStore(QUESTIONNAIRE, answers(), values);
  const change = (key: string, value: FormValues[string]) => {
    values = { ...values, [key]: value };
    store.changed(values, key);
  };
  return { store, change };
}

it('a field appears when the answer it depends on is given', () => {
  const { store, change } = open();
  expect(store.isEnabled('f_why')).toBe(false);
  change('f_q', [{ valueBoolean: true }]);
  expect(store.isEnabled('f_why')).toBe(true);
});

it('a field that was left tells what is wrong, but not that it is empty', () => {
  const { store, change } = open();
  change('f_q', [{ valueBoolean: true }]);
  store.left('f_why');
  expect(store.issueOf('f_why')).toBeNull();
  change('f_why', [{ valueString: 'long text' }]);
  expect(store.issueOf('f_why')).toMatchObject({ code: 'too-long', data: { max: 3 } });
  change('f_why', [{ valueString: 'ok' }]);
  expect(store.issueOf('f_why')).toBeNull();
});

it('sending shows every error, in the order of the form, until it is mended', () => {
  const { store, change } = open();
  change('f_row', ['r1']);
  expect([...store.submit().keys()]).toEqual(['f_q', 'f_row']);
  change('r1_x', [{ valueInteger: 6 }]);
  expect([...store.issues].map(([key, { code }]) => `${key} ${code}`)).toEqual(['f_q required', 'r1_x max-value']);
  change('r1_x', [{ valueInteger: 5 }]);
  change('f_q', [{ valueBoolean: false }]);
  expect(store.issues.size).toBe(0);
});

it('an issue stays the same object while nothing about it changes', () => {
  const { store, change } = open();
  store.submit();
  const [before, list] = [store.issueOf('f_q'), store.issues];
  change('f_why', [{ valueString: 'x' }]);
  expect(store.issueOf('f_q')).toBe(before);
  expect(store.issues).toBe(list);
});

it('an issue of the server is where one is led to, and stays until its field is changed', () => {
  const { store, change } = open();
  change('f_q', [{ valueBoolean: false }]);
  expect(store.showFromServer([{ code: 'signature-foreign', path: 'first/q', severity: 'error' }])).toBe('f_q');
  expect(store.issueOf('f_q')?.code).toBe('signature-foreign');
  change('f_q', [{ valueBoolean: true }]);
  expect(store.issueOf('f_q')).toBeNull();
});

it('is not right while a file is on its way, which only sending tells', () => {
  const { store, change } = open();
  change('f_q', [{ valueBoolean: false }]);
  expect(store.isRight()).toBe(true);
  store.hold('f_q', 'file-uploading');
  expect(store.isRight()).toBe(false);
  expect(store.issueOf('f_q')).toBeNull();
  expect([...store.submit().values()]).toMatchObject([{ code: 'file-uploading', path: 'first/q', severity: 'error' }]);
  store.hold('f_why', 'file-not-uploaded');
  change('f_q', [{ valueBoolean: true }]);
  expect([...store.submit()].map(([key, { code }]) => [key, code])).toEqual([
    ['f_q', 'file-uploading'],
    ['f_why', 'file-not-uploaded'],
  ]);
  change('f_q', [{ valueBoolean: false }]);
  store.hold('f_why', null);
  store.hold('f_q', null);
  expect(store.issueOf('f_q')).toBeNull();
  expect(store.submit().size).toBe(0);
});

it('a rule of the server may be met by any answer', () => {
  const { store, change } = open();
  change('f_q', [{ valueBoolean: false }]);
  store.showFromServer([{ code: 'constraint', path: 'first/q', severity: 'error' }]);
  expect(store.issueOf('f_q')?.code).toBe('constraint');
  change('f_why', [{ valueString: 'x' }]);
  expect(store.issueOf('f_q')).toBeNull();
});

it('every section knows what it still lacks', () => {
  const { store, change } = open();
  expect(store.sections).toEqual([{ linkId: 'first', openCount: 1 }, { linkId: 'second', openCount: 0 }]); // biome-ignore format: one line
  change('f_q', [{ valueBoolean: false }]);
  store.measure();
  expect(store.sections[0]).toEqual({ linkId: 'first', openCount: 0 });
});
