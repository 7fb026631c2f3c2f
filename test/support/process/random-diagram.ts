/**
 * Small random diagrams. A block has one way in and one way out and can always be finished, so a diagram of blocks must never get stuck.
 */
import fc from 'fast-check';
import { element, extensions, flows, properties, timer, userTask } from './a-graph.ts';
import { type Block, block, scopeAround, type TRIGGERS } from './random-block.ts';

/** How long the timers of a diagram wait. */
export interface Waits {
  readonly pause: string;
  /** Behind an event gateway, and of an event sub-process. */
  readonly trigger: string;
  readonly boundary: string;
  /** Of a reminder, which comes twice. */
  readonly reminder: string;
}

const HOURS: Waits = { pause: 'PT1H', trigger: 'PT2H', boundary: 'PT3H', reminder: 'PT1H' };

export const blockDiagram: fc.Arbitrary<readonly string[]> = block.map((random) => diagramOf(random));

/** With a person before and after everything, so that there is somebody to return it, and somewhere to return it to. */
export const peopledDiagram: fc.Arbitrary<readonly string[]> = block.map((random) => diagramOf(peopled(random)));

/** Several blocks with people in between; many are scopes, which hold most of what can happen to an instance. */
export const longDiagram = (waits: fc.Arbitrary<Waits>, maxLength: number): fc.Arbitrary<readonly string[]> =>
  fc
    .tuple(fc.array(fc.oneof(block, scopeAround(block)), { minLength: 1, maxLength }), waits)
    .map(([blocks, chosen]) => diagramOf({ kind: 'sequence', blocks: blocks.map(peopled) }, chosen));

function diagramOf(random: Block, waits: Waits = HOURS): readonly string[] {
  const writer = new Writer(waits);
  const [first, last] = writer.write(random);
  return [
    element('startEvent', 'start'),
    element('endEvent', 'end'),
    ...writer.parts,
    flows(`start ${first}`, `${last} end`, ...writer.lines),
  ];
}

const peopled = (random: Block): Block => ({ kind: 'sequence', blocks: [{ kind: 'user' }, peopledInside(random), { kind: 'user' }] });

function peopledInside(random: Block): Block {
  if ('blocks' in random) return { ...random, blocks: random.blocks.map(peopled) };
  return 'block' in random ? { ...random, block: peopled(random.block) } : random;
}

/** Where a block is entered and left. */
type Span = readonly [first: string, last: string];

class Writer {
  readonly parts: string[] = [];
  readonly lines: string[] = [];
  private count = 0;

  constructor(
    private readonly waits: Waits,
    private readonly prefix = 'n',
  ) {}

  write(random: Block): Span {
    switch (random.kind) {
      case 'user':
        return this.one((id) => userTask(id));
      case 'job':
        return this.job();
      case 'script':
        return this.one((id) =>
          element('scriptTask', id, {}, extensions('<zeebe:script expression="=if n = null then 1 else n + 1" resultVariable="n"/>')),
        );
      case 'call':
        return this.one((id) => element('callActivity', id, {}, extensions('<zeebe:calledElement processId="elsewhere"/>')));
      case 'pause':
        return this.one((id) => element('intermediateCatchEvent', id, {}, timer('Duration', this.waits.pause)));
      case 'message':
        return this.one((id) => element('intermediateCatchEvent', id, {}, '<bpmn:messageEventDefinition messageRef="m"/>'));
      case 'sequence':
        return this.sequence(random.blocks);
      case 'exclusive':
        return this.branches('exclusiveGateway', random.blocks);
      case 'parallel':
        return this.branches('parallelGateway', random.blocks);
      case 'inclusive':
        return this.branches('inclusiveGateway', random.blocks);
      case 'again':
        return this.again(random.block);
      case 'event-gateway':
        return this.eventGateway();
      case 'escalate':
        return this.one((id) => element('intermediateThrowEvent', id, {}, ESCALATION));
      case 'undone':
        return this.undone();
      case 'quantity':
        return this.quantity();
      case 'either':
        return this.one((id) =>
          element(
            'intermediateCatchEvent',
            id,
            { parallelMultiple: String(random.isParallel) },
            MESSAGE + timer('Duration', this.waits.pause),
          ),
        );
      case 'repeat':
        return this.one((id) =>
          userTask(id, {}, `<bpmn:standardLoopCharacteristics testBefore="${random.testBefore}" loopMaximum="${random.maximum}"/>`),
        );
      case 'ad-hoc':
        return this.adHoc(random);
      case 'discriminator':
        return this.discriminator(random);
      case 'transaction':
        return this.transaction(random.block);
      case 'scope':
        return this.scope(random);
      case 'loop':
        return this.loop(random);
    }
  }

  private id(): string {
    this.count += 1;
    return `${this.prefix}${this.count}`;
  }

  private one(write: (id: string) => string): Span {
    const id = this.id();
    this.parts.push(write(id));
    return [id, id];
  }

  /** A job with a boundary event that catches its errors. */
  private job(): Span {
    const [id, caught, meet] = [this.id(), this.id(), this.id()];
    this.parts.push(
      element('serviceTask', id, {}, extensions('<zeebe:taskDefinition type="work"/>')),
      element('boundaryEvent', caught, { attachedToRef: id }, '<bpmn:errorEventDefinition/>'),
      element('exclusiveGateway', meet),
    );
    this.lines.push(`${id} ${meet}`, `${caught} ${meet}`);
    return [id, meet];
  }

  private sequence(blocks: readonly Block[]): Span {
    const spans = blocks.map((inner) => this.write(inner));
    spans.slice(1).forEach(([first], index) => {
      this.lines.push(`${spans[index]?.[1]} ${first}`);
    });
    return [spans[0]?.[0] ?? '', spans.at(-1)?.[1] ?? ''];
  }

  private branches(tag: string, blocks: readonly Block[]): Span {
    const [split, join] = [this.id(), this.id()];
    const spans = blocks.map((inner) => this.write(inner));
    const defaultTo = spans[0]?.[0] ?? '';
    const isChoice = tag !== 'parallelGateway';
    this.parts.push(element(tag, split, isChoice ? { default: `${split}--${defaultTo}` } : {}), element(tag, join));
    spans.forEach(([first, last], index) => {
      const isConditional = isChoice && index > 0;
      this.lines.push(`${split} ${first}${isConditional ? ` =c${index} = true` : ''}`, `${last} ${join}`);
    });
    return [split, join];
  }

  /** Once more while the counter is small; the counter is the loop's own. */
  private again(inner: Block): Span {
    const [meet, count, decide] = [this.id(), this.id(), this.id()];
    const [first, last] = this.write(inner);
    const script = `<zeebe:script expression="=if ${count} = null then 1 else ${count} + 1" resultVariable="${count}"/>`;
    const leave = this.id();
    this.parts.push(
      element('exclusiveGateway', meet),
      element('scriptTask', count, {}, extensions(script)),
      element('exclusiveGateway', decide, { default: `${decide}--${leave}` }),
      element('task', leave),
    );
    this.lines.push(`${meet} ${first}`, `${last} ${count}`, `${count} ${decide}`, `${decide} ${meet} =${count} < 2`, `${decide} ${leave}`);
    return [meet, leave];
  }

  private eventGateway(): Span {
    const [gateway, message, expired, join] = [this.id(), this.id(), this.id(), this.id()];
    this.parts.push(
      element('eventBasedGateway', gateway),
      element('intermediateCatchEvent', message, {}, '<bpmn:messageEventDefinition messageRef="m"/>'),
      element('intermediateCatchEvent', expired, {}, timer('Duration', this.waits.trigger)),
      element('exclusiveGateway', join),
    );
    this.lines.push(`${gateway} ${message}`, `${gateway} ${expired}`, `${message} ${join}`, `${expired} ${join}`);
    return [gateway, join];
  }

  /** An activity, its handler, and the event that has it undone. */
  private undone(): Span {
    const [id, undo] = [this.compensated(), this.id()];
    this.parts.push(element('intermediateThrowEvent', undo, {}, COMPENSATION));
    this.lines.push(`${id} ${undo}`);
    return [id, undo];
  }

  private compensated(): string {
    const [id, boundaryId, handler] = [this.id(), this.id(), this.id()];
    this.parts.push(
      userTask(id),
      element('boundaryEvent', boundaryId, { attachedToRef: id }, COMPENSATION),
      userTask(handler, {}, '', { isForCompensation: 'true' }),
      element('association', `${boundaryId}-${handler}`, { sourceRef: boundaryId, targetRef: handler, associationDirection: 'One' }),
    );
    return id;
  }

  private quantity(): Span {
    const [give, take] = [this.id(), this.id()];
    this.parts.push(element('task', give, { completionQuantity: '2' }), userTask(take, {}, '', { startQuantity: '2' }));
    this.lines.push(`${give} ${take}`);
    return [give, take];
  }

  private adHoc({ isSequential, isCut }: Extract<Block, { kind: 'ad-hoc' }>): Span {
    const condition = isCut ? '<bpmn:completionCondition>=true</bpmn:completionCondition>' : '';
    return this.one((id) =>
      element(
        'adHocSubProcess',
        id,
        { ordering: isSequential ? 'Sequential' : 'Parallel' },
        userTask(`${id}_a`) + userTask(`${id}_b`) + condition,
      ),
    );
  }

  /** In a scope of its own, which ends when the late branches have come too: what follows may lead back to it. */
  private discriminator({ blocks, count }: Extract<Block, { kind: 'discriminator' }>): Span {
    return this.one((id) => {
      const writer = new Writer(this.waits, `${id}_`);
      const spans = blocks.map((inner) => writer.write(inner));
      const [start, fork, join, end] = [`${id}_start`, `${id}_fork`, `${id}_join`, `${id}_end`];
      const lines = spans.flatMap(([first, last]) => [`${fork} ${first}`, `${last} ${join}`]);
      const content = [
        element('startEvent', start),
        element('parallelGateway', fork),
        ...writer.parts,
        element('complexGateway', join, {}, `<bpmn:activationCondition>=activationCount &gt;= ${count}</bpmn:activationCondition>`),
        element('endEvent', end),
        flows(`${start} ${fork}`, ...lines, `${join} ${end}`, ...writer.lines),
      ];
      return element('subProcess', id, {}, content.join(''));
    });
  }

  /** Beside the block somebody may cancel, which undoes what was done first. */
  private transaction(inner: Block): Span {
    const [id, boundaryId, join] = [this.id(), this.id(), this.id()];
    const writer = new Writer(this.waits, `${id}_`);
    const [first, last] = writer.write(inner);
    const done = writer.compensated();
    const [start, fork, end, other] = [`${id}_start`, `${id}_fork`, `${id}_end`, `${id}_other`];
    const content = [
      element('startEvent', start),
      element('parallelGateway', fork),
      element('endEvent', end),
      userTask(`${id}_stop`),
      element('endEvent', other, {}, '<bpmn:cancelEventDefinition/>'),
      ...writer.parts,
      flows(
        `${start} ${done}`,
        `${done} ${fork}`,
        `${fork} ${first}`,
        `${fork} ${id}_stop`,
        `${id}_stop ${other}`,
        `${last} ${end}`,
        ...writer.lines,
      ),
    ].join('');
    this.parts.push(
      element('transaction', id, {}, content),
      element('boundaryEvent', boundaryId, { attachedToRef: id }, '<bpmn:cancelEventDefinition/>'),
      element('exclusiveGateway', join),
    );
    this.lines.push(`${id} ${join}`, `${boundaryId} ${join}`);
    return [id, join];
  }

  private scope({ block: inner, boundary, ends, event, isInterrupting }: Extract<Block, { kind: 'scope' }>): Span {
    const [id, boundaryId, join] = [this.id(), this.id(), this.id()];
    this.parts.push(
      element('subProcess', id, {}, this.inside(id, inner, ends) + eventSubProcess(id, event, { isInterrupting, waits: this.waits })),
      element('exclusiveGateway', join),
    );
    this.lines.push(`${id} ${join}`);
    const attach = (attributes: Readonly<Record<string, string>>, definition: string): void => {
      this.parts.push(element('boundaryEvent', boundaryId, { attachedToRef: id, ...attributes }, definition));
      this.lines.push(`${boundaryId} ${join}`);
    };
    if (ends === 'error' || boundary === 'error') attach({}, '<bpmn:errorEventDefinition errorRef="e"/>');
    else if (boundary === 'timer') attach({}, timer('Duration', this.waits.boundary));
    else if (boundary === 'action') attach({}, `${extensions(properties({ action: ACTION }))}${MESSAGE}`);
    else if (boundary === 'escalation') attach({}, ESCALATION);
    else if (boundary === 'reminder' || boundary === 'condition') {
      const aside = this.id();
      this.parts.push(
        element(
          'boundaryEvent',
          boundaryId,
          { attachedToRef: id, cancelActivity: 'false' },
          boundary === 'condition' ? CONDITION : timer('Cycle', `R2/${this.waits.reminder}`),
        ),
        element('endEvent', aside),
      );
      this.lines.push(`${boundaryId} ${aside}`);
    }
    return [id, join];
  }

  private inside(id: string, inner: Block, ends: 'none' | 'terminate' | 'error'): string {
    const writer = new Writer(this.waits, `${id}_`);
    const [first, last] = writer.write(inner);
    const [start, end, fork, other] = [`${id}_start`, `${id}_end`, `${id}_fork`, `${id}_other`];
    if (ends === 'none') {
      return [
        element('startEvent', start),
        element('endEvent', end),
        ...writer.parts,
        flows(`${start} ${first}`, `${last} ${end}`, ...writer.lines),
      ].join('');
    }
    // Beside the block a task leads to an end that ends the whole scope.
    const definition = ends === 'terminate' ? '<bpmn:terminateEventDefinition/>' : '<bpmn:errorEventDefinition errorRef="e"/>';
    return [
      element('startEvent', start),
      element('parallelGateway', fork),
      element('endEvent', end),
      userTask(`${id}_stop`),
      element('endEvent', other, {}, definition),
      ...writer.parts,
      flows(`${start} ${fork}`, `${fork} ${first}`, `${fork} ${id}_stop`, `${id}_stop ${other}`, `${last} ${end}`, ...writer.lines),
    ].join('');
  }

  private loop({ inner, isSequential, count, isCut }: Extract<Block, { kind: 'loop' }>): Span {
    const collection = `[${Array.from({ length: count }, (_, index) => index).join(',')}]`;
    const characteristics = `<bpmn:multiInstanceLoopCharacteristics isSequential="${isSequential}">${extensions(
      `<zeebe:loopCharacteristics inputCollection="=${collection}" inputElement="item" outputCollection="results" outputElement="=item"/>`,
    )}${isCut ? '<bpmn:completionCondition>=numberOfCompletedInstances &gt;= 2</bpmn:completionCondition>' : ''}</bpmn:multiInstanceLoopCharacteristics>`;
    if (inner === 'user') return this.one((id) => userTask(id, {}, characteristics));
    return this.one((id) => element('subProcess', id, {}, characteristics + this.inside(id, { kind: 'user' }, 'none')));
  }
}

const MESSAGE = '<bpmn:messageEventDefinition messageRef="m"/>';
const ESCALATION = '<bpmn:escalationEventDefinition escalationRef="h"/>';
const COMPENSATION = '<bpmn:compensateEventDefinition/>';
const CONDITION = '<bpmn:conditionalEventDefinition><bpmn:condition>=n &gt; 1</bpmn:condition></bpmn:conditionalEventDefinition>';

const triggerDefinitions = ({ trigger }: Waits) => ({
  message: '<bpmn:messageEventDefinition messageRef="a"/>',
  timer: timer('Duration', trigger),
  signal: '<bpmn:signalEventDefinition signalRef="s"/>',
  condition: CONDITION,
  escalation: ESCALATION,
  error: '<bpmn:errorEventDefinition errorRef="e"/>',
  compensation: COMPENSATION,
});

function eventSubProcess(
  scopeId: string,
  event: (typeof TRIGGERS)[number],
  { isInterrupting, waits }: { readonly isInterrupting: boolean; readonly waits: Waits },
): string {
  if (event === 'none') return '';
  const id = `${scopeId}_on`;
  const interrupts = event === 'error' || event === 'compensation' || isInterrupting;
  return element(
    'subProcess',
    id,
    { triggeredByEvent: 'true' },
    [
      element('startEvent', `${id}_start`, { isInterrupting: String(interrupts) }, triggerDefinitions(waits)[event]),
      userTask(`${id}_task`),
      element('endEvent', `${id}_end`),
      flows(`${id}_start ${id}_task`, `${id}_task ${id}_end`),
    ].join(''),
  );
}

const ACTION = JSON.stringify({ code: 'stop', name: { 'zh-CN': '停止' }, senders: '=["team:t"]' });
