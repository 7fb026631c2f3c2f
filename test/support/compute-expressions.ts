/** Reads `{now, answers, expressions}` from its input and prints what each expression comes to: run as a process of its own, in whatever time zone that has. */
import { text } from 'node:stream/consumers';
import { itemsIn } from '#core/form/bind.ts';
import { evaluateResponse } from '#core/form/expression/evaluate.ts';
import { fhirpathEngine } from '#core/form/expression/fhirpath.ts';
import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { ResponseItem } from '#core/form/response.ts';

interface Given {
  readonly now: string;
  readonly answers: readonly ResponseItem[];
  readonly expressions: readonly string[];
}

const computed = (expression: string, index: number): QuestionnaireItem => ({
  linkId: `computed-${index}`,
  type: 'string',
  extension: [
    {
      url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression',
      valueExpression: { language: 'text/fhirpath', expression },
    },
  ],
});

const { now, answers, expressions }: Given = JSON.parse(await text(process.stdin));
const questionnaire: Questionnaire = {
  resourceType: 'Questionnaire',
  status: 'active',
  item: [
    { linkId: 'moment', type: 'dateTime', repeats: true },
    { linkId: 'day', type: 'date', repeats: true },
    { linkId: 'time', type: 'time', repeats: true },
    ...expressions.map(computed),
  ],
};
const { root, failures } = evaluateResponse(questionnaire, { item: answers }, { engine: fhirpathEngine, now });
const results = [...itemsIn(root)].filter(({ item }) => item.extension !== undefined).map((bound) => bound.answers[0]?.answer.valueString);
const clock = new Intl.DateTimeFormat().resolvedOptions().timeZone;
console.log(JSON.stringify({ clock, results: results.map((result) => result ?? null), failed: failures.map(({ linkId }) => linkId) }));
