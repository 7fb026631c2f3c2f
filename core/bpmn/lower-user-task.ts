/** User tasks: assignment, form, schedule, outcomes, deadline. */
import { listOrFeel, numberOrFeel, textOrFeel } from './expressions.ts';
import type { Deadline, UserTask } from './graph.ts';
import type { ActivityFields } from './lower-activity.ts';
import { clockFields, type Lowering, placeOf, propertyExpression, propertyValue } from './lowering.ts';
import { extensionOf, idOf, type ModdleElement, textAt } from './moddle.ts';
import { namesIn, oneOf, outcomesOf, type Properties, percentagesOf } from './properties.ts';
import { durationFault } from './timer-text.ts';

export function lowerUserTask(lowering: Lowering, element: ModdleElement, fields: ActivityFields): UserTask {
  const { properties } = fields;
  const assignment = extensionOf(element, 'zeebe:AssignmentDefinition');
  const schedule = extensionOf(element, 'zeebe:TaskSchedule');
  const place = (what: string) => placeOf(lowering, element, what);
  const deadline = deadlineOf(lowering, element, properties);
  const resultVariable = properties['bihuan:result'];
  return {
    ...fields,
    elementType: 'userTask',
    ...given('formKey', formKeyOf(element)),
    ...given('assignee', textOrFeel(textAt(assignment, 'assignee'), place('the assignee'))),
    ...given('candidateUsers', listOrFeel(textAt(assignment, 'candidateUsers'), place('the candidate users'))),
    ...given('candidateGroups', listOrFeel(textAt(assignment, 'candidateGroups'), place('the candidate groups'))),
    ...given('dueDate', textOrFeel(textAt(schedule, 'dueDate'), place('the due date'))),
    ...given('followUpDate', textOrFeel(textAt(schedule, 'followUpDate'), place('the follow-up date'))),
    ...given('priority', numberOrFeel(textAt(extensionOf(element, 'zeebe:PriorityDefinition'), 'priority'), place('the priority'))),
    outcomes: outcomesOf(fields.id, properties, lowering.report),
    ...given('resultVariable', resultVariable || undefined),
    notSameAs: namesIn(properties['bihuan:notSameAs']),
    ...given('deadline', deadline),
    ...given('side', oneOf(fields.id, 'bihuan:side', properties, ['executor', 'applicant'] as const, lowering.report)),
    ...given('returns', returnsOf(properties['bihuan:return'])),
  };
}

function returnsOf(text: string | undefined): UserTask['returns'] {
  if (text?.trim() === 'any') return 'any';
  const names = namesIn(text);
  return names.length > 0 ? names : undefined;
}

const given = <K extends string, V>(name: K, value: V | undefined): { readonly [key in K]?: V } =>
  (value === undefined ? {} : { [name]: value }) as { readonly [key in K]?: V };

export function formKeyOf(element: ModdleElement): string | undefined {
  const form = extensionOf(element, 'zeebe:FormDefinition');
  return textAt(form, 'formId') ?? textAt(form, 'formKey') ?? textAt(form, 'externalReference');
}

function deadlineOf(lowering: Lowering, element: ModdleElement, properties: Properties): Deadline | undefined {
  const duration = propertyValue(lowering, element, properties, 'bihuan:deadline');
  if (duration === undefined) {
    reportOrphans(lowering, element, properties);
    return undefined;
  }
  const text = properties['bihuan:deadline']?.trim() ?? '';
  const fault = text.startsWith('=') ? null : durationFault(text);
  if (fault) lowering.report(idOf(element), 'property-value', { en: `bihuan:deadline: ${fault.en}`, zh: `bihuan:deadline：${fault.zh}` });
  const escalateTo = propertyExpression(lowering, element, properties, 'bihuan:escalateTo');
  return {
    duration,
    ...clockFields(lowering, element, properties, 'bihuan:deadlineClock'),
    remindAtPercent: percentagesOf(idOf(element), properties['bihuan:remindAt'], lowering.report),
    ...(escalateTo === undefined ? {} : { escalateTo }),
    ...(properties['bihuan:deadlineFollows'] === undefined ? {} : { follows: namesIn(properties['bihuan:deadlineFollows']) }),
    carryOutcomes: namesIn(properties['bihuan:carryOutcomes']),
  };
}

function reportOrphans({ report }: Lowering, element: ModdleElement, properties: Properties): void {
  for (const name of ['bihuan:deadlineClock', 'bihuan:deadlineFollows', 'bihuan:remindAt', 'bihuan:escalateTo', 'bihuan:carryOutcomes']) {
    if (properties[name] === undefined) continue;
    report(idOf(element), 'property-place', {
      en: `${name} has no meaning without bihuan:deadline. Give a deadline or remove it.`,
      zh: `没有 bihuan:deadline 时 ${name} 不起作用，请设置期限或删除。`,
    });
  }
}
