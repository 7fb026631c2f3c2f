/** Small flows that are recorded beside those of the catalogue: what the catalogue leaves to the script that plays it, such as who does a job. */
import { diagramXml, endEvent, serviceTask, smallProcess, smallXml, startEvent, userTask } from '../support/bpmn.ts';

/** What does a job in a recording; every other type is done at once. */
export const RECORDED_JOBS = { failing: 'failing', remote: 'remote' } as const;

const MESSAGE =
  '<bpmn:message id="m" name="order"><bpmn:extensionElements><zeebe:subscription correlationKey="=&quot;o7&quot;"/></bpmn:extensionElements></bpmn:message>';
const SIGNAL = '<bpmn:signal id="s" name="alarm"/>';

const input = (target: string, source: string): string => `<zeebe:input source="${source}" target="${target}"/>`;
const call = (processId: string): string =>
  `<bpmn:callActivity id="call"><bpmn:extensionElements><zeebe:calledElement processId="${processId}"/></bpmn:extensionElements></bpmn:callActivity>`;
const after = (text: string): string =>
  `<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">${text}</bpmn:timeDuration></bpmn:timerEventDefinition>`;

/** `address`: who is called over HTTP. */
export const recordedDiagrams = (address: string): Readonly<Record<string, string>> => ({
  'job-by-http': smallXml(
    `${startEvent}<bpmn:serviceTask id="order"><bpmn:extensionElements><zeebe:taskDefinition type="http" retries="3"/>` +
      `<zeebe:ioMapping>${input('url', `http://${address}/orders`)}${input('method', 'POST')}${input('body', '={test: &quot;blood gas&quot;}')}</zeebe:ioMapping>` +
      '<zeebe:taskHeaders><zeebe:header key="resultExpression" value="={orderId: response.body.id}"/></zeebe:taskHeaders>' +
      `</bpmn:extensionElements></bpmn:serviceTask>${endEvent()}`,
    'start > order > end',
  ),
  'job-by-remote-worker': smallXml(
    `${startEvent}${serviceTask('label', { type: RECORDED_JOBS.remote })}${endEvent()}`,
    'start > label > end',
  ),
  'job-that-fails': smallXml(`${startEvent}${serviceTask('print', { type: RECORDED_JOBS.failing })}${endEvent()}`, 'start > print > end'),
  'message-and-signal-tasks': diagramXml(
    MESSAGE,
    SIGNAL,
    smallProcess(
      'p',
      `${startEvent}<bpmn:sendTask id="send" messageRef="m"/><bpmn:receiveTask id="receive" messageRef="m"/>` +
        '<bpmn:intermediateThrowEvent id="ring"><bpmn:signalEventDefinition signalRef="s"/></bpmn:intermediateThrowEvent>' +
        `<bpmn:intermediateCatchEvent id="hear"><bpmn:signalEventDefinition signalRef="s"/></bpmn:intermediateCatchEvent>${endEvent()}`,
      'start > send > receive > ring > hear > end',
    ),
  ),
  'call-that-is-ended': diagramXml(
    smallProcess(
      'p',
      `${startEvent}${call('asked')}<bpmn:boundaryEvent id="late" attachedToRef="call">${after('PT1H')}</bpmn:boundaryEvent>${endEvent()}${endEvent('too-late')}`,
      'start > call > end',
      'late > too-late',
    ),
    smallProcess('asked', `<bpmn:startEvent id="sa"/>${userTask('answer')}<bpmn:endEvent id="ea"/>`, 'sa > answer > ea'),
  ),
});
