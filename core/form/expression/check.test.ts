import { describe, expect, it } from 'vitest';
import { checkQuestionnaire } from '../check.ts';
import type { Extension, Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import { fhirpathEngine } from './fhirpath.ts';

const calculated = (expression: string): Extension => ({
  url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression',
  valueExpression: { language: 'text/fhirpath', expression },
});
const item = (linkId: string, ...extension: readonly Extension[]): QuestionnaireItem => ({
  linkId,
  type: 'decimal',
  text: linkId,
  extension,
});
const answer = (linkId: string): string => `%resource.item.where(linkId='${linkId}').answer.value`;

const found = (...items: readonly QuestionnaireItem[]): readonly string[] => {
  const questionnaire: Questionnaire = { resourceType: 'Questionnaire', status: 'active', item: items };
  return checkQuestionnaire(questionnaire, fhirpathEngine).map(({ elementId, rule, severity }) => `${severity} ${elementId} ${rule}`);
};

describe('the expressions of a form', () => {
  it('pass where everything that they read is there', () => {
    expect(found(item('a'), item('b', calculated(`${answer('a')} * 2`)), item('c', calculated(`${answer('b')} + ${answer('a')}`)))).toEqual(
      [],
    );
  });

  it.each([
    ['cannot be read', '1 +', 'error b form-expression'],
    ['read a variable that nothing declares', '%weight / 2', 'error b form-expression'],
    ['ask for a question that is not there', answer('nobody'), 'warning b form-expression'],
    ['hold a pattern that nothing bounds in time', `${answer('a')}.toString().matches('(?=(1+)+$)')`, 'error b form-pattern'],
    ['ask for what they compute', `${answer('b')} + 1`, 'error b form-expression-circle'],
  ])('are found where they %s', (_name, expression, finding) => {
    expect(found(item('a'), item('b', calculated(expression)))).toEqual([finding]);
  });

  it('are found where they ask later for whom the form is about', () => {
    const url = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';
    const initial: Extension = {
      url: `${url}initialExpression`,
      valueExpression: { language: 'text/fhirpath', expression: '%patient.id' },
    };
    const questionnaire: Questionnaire = {
      resourceType: 'Questionnaire',
      status: 'active',
      extension: [{ url: `${url}launchContext`, extension: [{ url: 'name', valueCoding: { code: 'patient' } }] }],
      item: [item('a', initial), item('b', calculated('%patient.id'))],
    };
    expect(checkQuestionnaire(questionnaire, fhirpathEngine).map(({ elementId, rule }) => `${elementId} ${rule}`)).toEqual([
      'b form-expression',
    ]);
  });

  it('are found where they go in a circle, also through a variable', () => {
    const variable: Extension = {
      url: 'http://hl7.org/fhir/StructureDefinition/variable',
      valueExpression: { name: 'v', language: 'text/fhirpath', expression: answer('b') },
    };
    expect(found(item('a', variable, calculated('%v')), item('b', calculated(answer('a'))))).toEqual([
      'error a form-expression-circle',
      'error b form-expression-circle',
    ]);
  });
});
