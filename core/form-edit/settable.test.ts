/** Holds together what the engine reads of a form and what an author can set. */
import { describe, expect, it } from 'vitest';
import { EXTENSION } from '#core/form/extensions.ts';
import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { ITEM_TYPES } from '#core/form/questionnaire.ts';
import { SUPPORTED_CONTROLS } from '#core/form/unsupported.ts';
import { FORM_SETTINGS, readForm, writeForm } from './form-settings.ts';
import { writeItem } from './item-settings.ts';
import { SETTING_SAMPLES } from './setting-samples.ts';
import { controlsOf } from './setting-types.ts';
import { UNSETTABLE } from './unsettable.ts';

const EMPTY: Questionnaire = { resourceType: 'Questionnaire', status: 'draft' };
const items = SETTING_SAMPLES.map(([type, changes]) => writeItem({ linkId: 'x', type }, changes));
/** What an item and a form can be given, as the JSON of all samples. */
const written = JSON.stringify([...items, writeForm(EMPTY, { launched: ['patient'] })]);
const isWritten = (url: string): boolean => written.includes(JSON.stringify(url));

describe('of what the engine reads', () => {
  it('every extension is a setting, or is listed with the reason why not', () => {
    const open = Object.entries(EXTENSION).filter(([name, url]) => !isWritten(url) && !(name in UNSETTABLE));
    // Constraints of elsewhere stay under their own address.
    expect(open.map(([name]) => name)).toEqual(['targetConstraint', 'itemWeight']);
  });

  it('nothing is both a setting and listed as none', () => {
    const both = Object.keys(UNSETTABLE).filter((name) => isWritten(EXTENSION[name as keyof typeof UNSETTABLE]));
    expect(both).toEqual([]);
  });

  it('every member of an item is a setting, or has its own edit', () => {
    const OWN_EDIT = {
      linkId: 'rename',
      type: 'set',
      item: 'insert, move, remove',
      extension: 'the test above',
      answerConstraint: 'R5, of an imported form; R4 has no word for it',
      disabledDisplay: 'R5; written as the extension of R4',
      _answerValueSet: 'parameters of a value set: `unsupported.ts` names them',
      modifierExtension: 'changes the meaning of what it stands on: the checker says that nobody here knows it',
    } satisfies Partial<Record<keyof QuestionnaireItem, string>>;
    const MEMBERS = {
      ...{ linkId: true, type: true, text: true, _text: true, prefix: true, required: true, repeats: true, readOnly: true },
      ...{
        maxLength: true,
        enableWhen: true,
        enableBehavior: true,
        disabledDisplay: true,
        answerConstraint: true,
        answerOption: true,
        answerValueSet: true,
        _answerValueSet: true,
      },
      ...{ initial: true, code: true, definition: true, extension: true, modifierExtension: true, item: true },
    } satisfies Record<keyof QuestionnaireItem, true>;
    const open = Object.keys(MEMBERS).filter((name) => !(name in OWN_EDIT) && !items.some((item) => name in item));
    expect(open).toEqual([]);
  });

  it('every control is offered for a type', () => {
    const offered = new Set(ITEM_TYPES.flatMap(controlsOf));
    expect([...SUPPORTED_CONTROLS].filter((control) => !offered.has(control))).toEqual([]);
    expect([...offered].filter((control) => !SUPPORTED_CONTROLS.has(control))).toEqual([]);
  });
});

it.each(FORM_SETTINGS)('%s of a form is read as it was written, and leaves nothing behind', (name) => {
  const value = SETTING_SAMPLES.map(([, changes]) => changes[name]).find((each) => each !== undefined);
  expect(value).toBeDefined();
  const form = writeForm(EMPTY, { [name]: value });
  expect(readForm(form)).toEqual({ ...readForm(EMPTY), [name]: value });
  expect(writeForm(form, { [name]: readForm(EMPTY)[name] })).toEqual(EMPTY);
});
