/**
 * Small JSON compresses badly on its own, because it repeats what all of its kind repeat. Deflate therefore begins with the words that
 * every journal has in common. The first byte names the dictionary. A dictionary is frozen once released: what was written with it
 * needs it for ever; better words are a further entry.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Ordered by use: what is most common stands last, where references to it are shortest. */
const JOURNAL_WORDS = [
  '"lastKey":,"starter":"p-","elements":{"1":{"key":1,"elementId":"","elementType":"process","scopeKey":null,"variables":{"tokens":{},"multiInstance":{"items":[],"started":,"completed":,"outputs":[]',
  '"tasks":{},"timers":{},"subscriptions":{},"jobs":{},"children":{},"incidents":{},"phases":{"apply":"","review":"","dispatch":"","confirm":"","notify":"","prepare":"","execute":"","evaluate":"","quality":""},"completers":{},"evaluatedSides":[],"carriedMs":{},"sealed":false',
  '"resourceType":"QuestionnaireResponse","questionnaire":"https://bihuan.dev/fhir/Questionnaire/","status":"completed","item":[{"linkId":"","item":[{"linkId":"","answer":[{"valueString":""}]},{"linkId":"","answer":[{"valueBoolean":true}]},{"linkId":"","answer":[{"valueCoding":{"system":"https://bihuan.dev/fhir/CodeSystem/","code":"","display":""}}]},{"linkId":"","answer":[{"valueReference":{"reference":"Practitioner/p-","display":""}}]},{"linkId":"","answer":[{"valueReference":{"reference":"Organization/","display":""}}]},{"answer":[{"valueInteger":,"valueDecimal":,"valueDate":"2026-","valueDateTime":"2026-',
  '{"type":"process.started","processId":"","key":1,"instanceId":"","startElementId":"","variables":{"starter":{"person":"p-","organisation":"org-","tier":"city"},"platform":"org-lead","zone":"Asia/Shanghai","urgency":"routine","subkind":"","specialty":""}',
  '{"type":"sealed","result":"closed","runIds":[""],"lastSeq":,"lastHash":"","phases":{{"type":"process.completed","processId":"","key":1,"result":"closed"}{"type":"incident.raised","incidentId":"","code":"","message":""}{"type":"message.subscribed","targetId":"","messageName":"","senders":["person:p-"],"actionCode":""}{"type":"message.unsubscribed"{"type":"message.correlated"{"type":"timer.scheduled","due":"2026-","targetId":""}{"type":"timer.fired"{"type":"timer.canceled"{"type":"decision.evaluated","decisionId":"","result":{},"matchedRuleIds":[""]}{"type":"element.terminated"{"type":"flow.joined","flowIds":["',
  '"actor":{"kind":"system","name":"timer"},"type":"timer.fire","effectId":""{"kind":"system","name":"workflow"},"type":"seal","runIds":[""],"lastSeq":,"lastHash":""{"type":"task.claim","taskId":""{"type":"task.claimed","elementId":"","taskId":"","personId":"p-"}{"type":"task.reminded"{"type":"task.overdue","escalatedTo":["role:manager@org-lead"]"type":"comment","text":"","mentions":[],"fileIds":[]',
  '"needs":{"workingTime":{"org-lead":[["2026-11-23T00:00:00.000Z","2026-11-23T04:00:00.000Z"],["2026-11-23T05:30:00.000Z","2026-11-23T09:30:00.000Z"]]}}}',
  '{"type":"task.created","elementId":"","taskId":"","candidates":["role:manager@org-lead","role:dispatcher@org-lead","role:quality-controller@org-lead","role:room-admin@org-lead","role:applicant@org-","team:team-","person:p-"],"assignee":"p-","excluded":["p-"],"priority":50,"deadline":{"due":"2026-","effectId":"","budgetMs":28800000,"clock":"working","reminders":[{"at":"2026-","percent":50,"effectId":".50"},{"at":"2026-","percent":80,"effectId":".80"}]}}',
  '{"type":"task.completed","elementId":"","taskId":"","by":"p-","outcome":"","reasonCode":null,"reason":"","submission":{"id":"","formKey":"","formHash":"","hash":""}},{"type":"variables.set","scopeKey":1,"values":{"":{"outcome":"","by":"p-","at":"2026-","reasonCode":null}}},{"type":"phase.entered","phase":""},',
  '{"command":{"id":"","at":"2026-11-2T.Z","zone":"Asia/Shanghai","actor":{"kind":"person","personId":"p-","organisationId":"org-lead","principals":["person:p-","role:manager@org-lead","role:applicant@org-","role:executor@org-lead","team:team-"]},"type":"task.complete","taskId":"","outcome":"","facts":{},"submission":{"id":"","formKey":"","formHash":"","hash":""},"needs":{}},"events":[',
  '{"type":"element.completed","elementId":"","key":,"elementType":"userTask"},{"type":"flow.taken","flowId":"--","scopeKey":},{"type":"element.activated","elementId":"","key":,"elementType":"exclusiveGateway","scopeKey":,"flowId":"--"},"elementType":"parallelGateway""elementType":"boundaryEvent""elementType":"startEvent""elementType":"endEvent""elementType":"subProcess""elementType":"task""elementType":"businessRuleTask"',
].join('');

const DICTIONARIES: readonly Buffer[] = [Buffer.alloc(0), Buffer.from(JOURNAL_WORDS)];
const NEWEST = DICTIONARIES.length - 1;

/** Half the time of zlib's own settings, and bodies of some kilobytes come out 3 % larger: every step writes two or three. */
const EFFORT = { level: 3, windowBits: 14, memLevel: 6 } as const;

export const compress = (text: string): Buffer =>
  Buffer.concat([Buffer.from([NEWEST]), deflateRawSync(text, { dictionary: DICTIONARIES[NEWEST], ...EFFORT })]);

export function decompress(bytes: Buffer): string {
  const dictionary = DICTIONARIES[bytes.readUInt8(0)];
  if (!dictionary) throw new Error(`No dictionary ${bytes.readUInt8(0)} is known: written by a newer release.`);
  return inflateRawSync(bytes.subarray(1), { dictionary }).toString('utf8');
}
