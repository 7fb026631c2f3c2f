/** One diagram per planted fault: the checker finds it, names the element, and finds nothing else. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDiagram } from '#bin/cli/sources.ts';

/** File → `severity element rule` of every finding. */
const FAULTS: Readonly<Record<string, readonly string[]>> = {
  'process-start': ['error x process-start'],
  'start-event-place': ['error x start-event-place'],
  'event-sub-process-start': ['error x event-sub-process-start'],
  'event-sub-process-start-without-trigger': ['error x event-sub-process-start'],
  'event-sub-process-flow': ['error x event-sub-process-flow'],
  'error-interrupts-event-sub-process': ['error x error-interrupts'],
  'ad-hoc-events': ['error x ad-hoc-events'],
  'ad-hoc-activities': ['error x ad-hoc-activities'],
  'cancel-in-transaction-end': ['error x cancel-in-transaction'],
  'cancel-in-transaction-boundary': ['error x cancel-in-transaction'],
  'cancel-caught': ['error x cancel-caught'],
  'compensation-handler-missing': ['error x compensation-handler'],
  'compensation-activity': ['error x compensation-activity'],
  'activation-condition': ['error x activation-condition'],
  'instantiating-gateway': ['error x instantiating-gateway'],
  'condition-given': ['error x condition-given'],
  'escalation-coded': ['error x escalation-coded'],
  'multi-instance-behavior': ['error x multi-instance-valid'],
  'boundary-outgoing': ['error x boundary-outgoing'],
  'called-process': ['error x called-process'],
  'can-end': ['error x can-end'],
  'closed-loop-exclusive-sides': ['error x closed-loop'],
  'closed-loop-executed-again': ['warning quality quality-by-another', 'error x closed-loop'],
  'closed-loop-missing-links': ['error x closed-loop'],
  'closed-loop-no-quality': ['error x closed-loop'],
  'closed-loop-one-side-timed-out': ['error x closed-loop'],
  'condition-missing': ['error x condition-missing'],
  'condition-place': ['error x condition-place'],
  'dead-end': ['error x dead-end'],
  'decision-complete': ['error x decision-complete'],
  'default-flow-missing': ['warning x default-flow-missing'],
  'default-flow': ['error x default-flow'],
  'dispatch-after-review': ['error x dispatch-after-review'],
  'error-coded': ['error x error-coded'],
  'error-interrupts': ['error x error-interrupts'],
  'event-definition': ['error x event-definition'],
  'event-gateway': ['error x event-gateway'],
  'event-incoming': ['error x event-incoming'],
  'event-outgoing': ['error x event-outgoing', 'warning a dead-end'],
  'expression-language': ['error x expression-language'],
  'feel-syntax-mapping': ['error x feel-syntax'],
  'feel-syntax': ['error x feel-syntax'],
  'flow-in-scope': ['error x flow-in-scope'],
  'id-unique': ['error end id-unique'],
  'job-typed': ['warning x job-typed'],
  'link-paired': ['error x link-paired', 'error a reachable', 'error end reachable', 'error start can-end', 'error x can-end'],
  'message-named': ['error x message-named'],
  'multi-instance-valid': ['error x multi-instance-valid'],
  'not-same-as': ['error x not-same-as'],
  'process-given': ['error definitions process-given'],
  'process-start-twice': ['error x process-start'],
  'property-known': ['error x property-known'],
  'property-place': ['error x property-place'],
  'property-value-deadline': ['error x property-value'],
  'property-value-outcomes': ['error x property-value'],
  'property-value-phase': ['error x property-value'],
  'property-value-remind': ['error x property-value'],
  'quality-by-another': ['error x quality-by-another'],
  reachable: ['error x reachable'],
  'reference-resolves': ['error f reference-resolves', 'error f flow-connects'],
  'result-place': ['error x result-place'],
  'script-complete': ['error x script-complete'],
  'signal-named': ['error x signal-named'],
  'sub-process-start': ['error x sub-process-start'],
  'task-candidates': ['warning x task-candidates'],
  'timer-valid-cron': ['error x timer-valid'],
  'timer-valid': ['error x timer-valid'],
  'unknown-decision': ['error x unknown-decision'],
  'unknown-form': ['error x unknown-form'],
  'unknown-outcome': ['error x unknown-outcome'],
  'compensation-handler': ['error x compensation-handler'],
  'unsupported-attribute-listener': ['error x unsupported-attribute'],
  'unsupported-attribute-other-engine': ['error x unsupported-attribute'],
  'unsupported-attribute-zeebe-unknown': ['error x unsupported-attribute'],
  'loop-ends': ['error x loop-ends'],
  'xml-readable': ['error definitions xml-readable'],
};

const FOLDER = new URL('./faults/', import.meta.url);

describe('a planted fault', () => {
  it.each(Object.entries(FAULTS))('%s is found', async (name, expected) => {
    const { findings } = await readDiagram(new URL(`${name}.bpmn`, FOLDER).pathname);
    expect(findings.map(({ severity, elementId, rule }) => `${severity} ${elementId} ${rule}`)).toEqual(expected);
    // A finding is of use only if it says the mend, in both languages.
    for (const { message, messageZh } of findings) {
      expect(message.length).toBeGreaterThan(30);
      expect(messageZh).toMatch(/\p{Script=Han}/u);
    }
  });

  it('has a row for every diagram of the folder', () => {
    const files = readdirSync(FOLDER).filter((file) => file.endsWith('.bpmn'));
    expect(files.map((file) => file.replace('.bpmn', '')).sort()).toEqual(Object.keys(FAULTS).sort());
  });
});
