/** One diagram per planted fault: the checker finds it, names the element, and finds nothing else. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkDiagram } from '#bin/cli/sources.ts';
import { replay } from '#test/support/process/replay-counter-example.ts';

/** File → `severity element rule` of every finding. */
const FAULTS: Readonly<Record<string, readonly string[]>> = {
  'activation-condition': ['error x activation-condition'],
  'ad-hoc-activities': ['error x ad-hoc-activities'],
  'ad-hoc-events': ['error x ad-hoc-events'],
  'boundary-attached': ['error x boundary-attached', 'error x reachable'],
  'boundary-outgoing': ['error x boundary-outgoing'],
  'called-process': ['error x called-process'],
  'called-process-elsewhere': ['warning x called-process'],
  'can-end': ['error x can-end'],
  'cancel-caught': ['error x cancel-caught'],
  'cancel-in-transaction-boundary': ['error x cancel-in-transaction'],
  'cancel-in-transaction-end': ['error x cancel-in-transaction'],
  'caught-twice': ['error x caught-twice'],
  'caught-twice-event-sub-process': ['error x caught-twice'],
  'closed-loop-exclusive-sides': ['error x closed-loop'],
  'closed-loop-executed-again': ['warning quality quality-by-another', 'error x closed-loop'],
  'closed-loop-missing-links': ['error x closed-loop'],
  'closed-loop-no-quality': ['error x closed-loop'],
  'closed-loop-one-side-timed-out': ['error x closed-loop'],
  'compensation-activity': ['error x compensation-activity'],
  'compensation-handler': ['error x compensation-handler'],
  'compensation-handler-missing': ['error x compensation-handler'],
  'compensation-nothing': ['warning x compensation-nothing'],
  'condition-alone': ['error x condition-alone'],
  'condition-given': ['error x condition-given'],
  'condition-missing': ['error x condition-missing'],
  'condition-place': ['error x condition-place'],
  'condition-unreachable-behind-wider': ['warning choose--b condition-unreachable'],
  'condition-unreachable-constant': ['warning choose--b condition-unreachable'],
  'condition-unreachable-contradiction': ['warning choose--b condition-unreachable'],
  'condition-unreachable-misspelt-outcome': ['error choose--b condition-unreachable'],
  'cycle-interrupts': ['warning x cycle-interrupts'],
  'data-without-effect': ['warning x data-without-effect'],
  'dead-end': ['error x dead-end'],
  'deadlock-after-return': ['error x deadlock'],
  'deadlock-behind-standard-loop': ['warning x deadlock'],
  'deadlock-boundary-past-join': ['error x deadlock'],
  'deadlock-complex-gateway': ['error x deadlock'],
  'deadlock-crossed-joins': ['error x deadlock', 'error y deadlock'],
  'deadlock-event-gateway-into-parallel': ['error x deadlock'],
  'deadlock-exclusive-into-parallel': ['error x deadlock'],
  'deadlock-in-event-sub-process': ['error x deadlock'],
  'deadlock-in-sub-process': ['error x deadlock'],
  'deadlock-inclusive-into-parallel': ['error x deadlock'],
  'deadlock-left-by-return-only': ['error x deadlock'],
  'deadlock-loop-back-into-join': ['error x deadlock'],
  'deadlock-never-approved': ['error x deadlock'],
  'deadlock-rejected-branch': ['error x deadlock'],
  'deadlock-start-quantity': ['error x deadlock'],
  'deadlock-third-branch': ['error x deadlock'],
  'decision-complete': ['error x decision-complete'],
  'default-flow': ['error x default-flow'],
  'default-flow-missing': ['warning x default-flow-missing'],
  'default-flow-missing-activity': ['warning x default-flow-missing'],
  'dispatch-after-review': ['error x dispatch-after-review'],
  'endless-loop-growing': ['error x endless-loop'],
  'endless-loop-same-question': ['error x endless-loop'],
  'error-coded': ['error x error-coded'],
  'error-interrupts': ['error x error-interrupts'],
  'error-interrupts-event-sub-process': ['error x error-interrupts'],
  'error-uncaught': ['warning x error-uncaught'],
  'error-uncaught-on-withdrawal': ['warning x error-uncaught'],
  'error-uncaught-other-code': ['warning x error-uncaught'],
  'escalation-coded': ['error x escalation-coded'],
  'event-definition': ['error x event-definition'],
  'event-gateway': ['error x event-gateway'],
  'event-gateway-boundary': ['error x event-gateway-boundary'],
  'event-gateway-mixed': ['error x event-gateway-mixed'],
  'event-incoming': ['error x event-incoming'],
  'event-outgoing': ['error x event-outgoing', 'warning a dead-end'],
  'event-sub-process-flow': ['error x event-sub-process-flow'],
  'event-sub-process-start': ['error x event-sub-process-start'],
  'event-sub-process-start-without-trigger': ['error x event-sub-process-start'],
  'expression-language': ['error x expression-language'],
  'expression-language-of-file': ['error definitions expression-language'],
  'feel-syntax': ['error x feel-syntax'],
  'feel-syntax-mapping': ['error x feel-syntax'],
  'flow-connects': ['error x flow-connects'],
  'flow-in-scope': ['error x flow-in-scope'],
  'gateway-direction': ['warning x gateway-direction'],
  'gateway-needless': ['warning x gateway-needless'],
  'gateway-uncovered-inclusive': ['error x gateway-uncovered'],
  'gateway-uncovered-outcome': ['error x gateway-uncovered'],
  'gateway-uncovered-plain-outcome': ['error x gateway-uncovered'],
  'id-given': ['error p id-given'],
  'id-unique': ['error end id-unique'],
  'import-unread': ['warning definitions import-unread'],
  'instantiating-gateway': ['error x instantiating-gateway'],
  'instantiating-receive-task': ['error x instantiating-receive-task'],
  'job-typed': ['warning x job-typed'],
  'lane-given': ['warning x lane-given'],
  'lane-unique': ['warning x lane-unique'],
  'link-named': ['error x link-named'],
  'link-paired': ['error x link-paired', 'error a reachable', 'error end reachable', 'error start can-end', 'error x can-end'],
  'loop-ends': ['error x loop-ends'],
  'mapping-target': ['error x mapping-target'],
  'message-flow-ends': ['error x message-flow-ends'],
  'message-flow-pools': ['error x message-flow-pools'],
  'message-named': ['error x message-named'],
  'multi-instance-behavior': ['error x multi-instance-valid'],
  'multi-instance-valid': ['error x multi-instance-valid'],
  'name-english': ['warning x name-english'],
  'never-happens-answered-before': ['warning x never-happens'],
  'never-happens-error-not-thrown': ['warning x never-happens'],
  'never-happens-escalation-not-thrown': ['warning x never-happens'],
  'never-happens-loop-never-again': ['warning x never-happens'],
  'not-same-as': ['error x not-same-as'],
  'not-while': ['error x not-while'],
  'parallel-event-gateway': ['error x parallel-event-gateway'],
  'process-given': ['error definitions process-given'],
  'process-start': ['error x process-start'],
  'process-start-twice': ['error x process-start'],
  'property-known': ['error x property-known'],
  'property-once': ['error x property-once'],
  'property-place': ['error x property-place'],
  'property-value-deadline': ['error x property-value'],
  'property-value-outcomes': ['error x property-value'],
  'property-value-phase': ['error x property-value'],
  'property-value-remind': ['error x property-value'],
  'quality-by-another': ['error x quality-by-another'],
  'quantity-valid': ['error x quantity-valid'],
  reachable: ['error x reachable'],
  'reference-resolves': ['error f reference-resolves', 'error f flow-connects'],
  'reference-type': ['error x reference-type'],
  'result-place': ['error x result-place'],
  'return-to': ['error x return-to'],
  'script-complete': ['error x script-complete'],
  'signal-named': ['error x signal-named'],
  'start-event-place': ['error x start-event-place'],
  'start-interrupting': ['warning x start-interrupting'],
  'start-message-twice': ['error x start-message-twice'],
  'start-reads-nothing': ['error x start-reads-nothing'],
  'sub-process-start': ['error x sub-process-start'],
  'task-candidates': ['warning x task-candidates'],
  'timer-valid': ['error x timer-valid'],
  'timer-valid-cron': ['error x timer-valid'],
  'token-doubled-escalation': ['warning x token-doubled'],
  'token-doubled-implicit-split': ['warning x token-doubled'],
  'token-doubled-inclusive-without-join': ['warning x token-doubled'],
  'token-doubled-loop-from-branch': ['warning x token-doubled'],
  'token-doubled-missing-join': ['warning x token-doubled'],
  'token-doubled-reminder-rejoins': ['warning x token-doubled'],
  'token-lost-in-transaction': ['error x token-lost'],
  'token-lost-until-expired': ['error x token-lost'],
  'token-lost-until-withdrawn': ['error x token-lost'],
  'unknown-decision': ['error x unknown-decision'],
  'unknown-form': ['error x unknown-form'],
  'unknown-outcome': ['error x unknown-outcome'],
  'unknown-role': ['error x unknown-role'],
  'unsupported-attribute-listener': ['error x unsupported-attribute'],
  'unsupported-attribute-other-engine': ['error x unsupported-attribute'],
  'unsupported-attribute-zeebe-unknown': ['error x unsupported-attribute'],
  'variable-undefined-before-loop': ['warning x variable-undefined'],
  'variable-undefined-condition': ['warning x variable-undefined'],
  'variable-undefined-list': ['warning x variable-undefined'],
  'variable-undefined-one-branch': ['warning x variable-undefined'],
  'variable-undefined-sum': ['warning x variable-undefined'],
  'variable-unknown-result': ['warning x variable-unknown'],
  'variable-undefined-timer': ['warning x variable-undefined'],
  'xml-readable': ['error definitions xml-readable'],
};

/** Rules whose findings are a way through the process. */
const EXPLORED = / (deadlock|token-lost|token-doubled|endless-loop|error-uncaught|variable-undefined)$/;

const FOLDER = new URL('./faults/', import.meta.url);

describe('a planted fault', () => {
  it.each(Object.entries(FAULTS))('%s is found', async (name, expected) => {
    const { graph, findings } = await checkDiagram(new URL(`${name}.bpmn`, FOLDER).pathname);
    expect(findings.map(({ severity, elementId, rule }) => `${severity} ${elementId} ${rule}`)).toEqual(expected);
    // A finding is of use only if it says the mend, in both languages.
    for (const { message, messageZh } of findings) {
      expect(message.length).toBeGreaterThan(30);
      expect(messageZh).toMatch(/\p{Script=Han}/u);
    }
    // What exploration found is shown by running it.
    for (const finding of findings) if (graph && finding.counterExample) expect(replay(graph, finding)).toBe('shown');
  });

  it('comes with a shortest way to it where exploration found it, and that way is run', async () => {
    const explored = Object.entries(FAULTS).filter(([, found]) => found.some((each) => EXPLORED.test(each)));
    expect(explored.length).toBeGreaterThan(25);
    for (const [name] of explored) {
      const { findings } = await checkDiagram(new URL(`${name}.bpmn`, FOLDER).pathname);
      expect([
        name,
        findings.filter(({ rule }) => EXPLORED.test(` ${rule}`)).map(({ counterExample }) => counterExample !== undefined),
      ]).toEqual([name, findings.map(() => true)]);
    }
  });

  it('has a row for every diagram of the folder', () => {
    const files = readdirSync(FOLDER).filter((file) => file.endsWith('.bpmn'));
    expect(files.map((file) => file.replace('.bpmn', '')).sort()).toEqual(Object.keys(FAULTS).sort());
  });
});
