/** Message flows lead from one pool to another, from what sends to what receives (BPMN 2.0, 9.4 and table 7.4). */
import { elementAt, elementsIn, idOf, type ModdleElement, wordOf } from '../moddle.ts';
import type { Report } from '../report.ts';

export function checkCollaboration(collaboration: ModdleElement, report: Report): void {
  const pools = new Map(
    elementsIn(collaboration, 'participants').map((participant) => [elementAt(participant, 'processRef'), participant]),
  );
  for (const flow of elementsIn(collaboration, 'messageFlows')) {
    const [source, target] = [elementAt(flow, 'sourceRef'), elementAt(flow, 'targetRef')];
    // What points nowhere has been reported when the file was read.
    if (!source || !target) continue;
    const [from, to] = [poolOf(source, pools), poolOf(target, pools)];
    if (from && from === to) {
      report(idOf(flow), 'message-flow-pools', {
        en: 'A message flow leads from one pool to another; both its ends are in the same one. Use a sequence flow, or a signal.',
        zh: '消息流必须连接两个不同的泳池，而其两端在同一泳池内；请改用顺序流或信号。',
      });
    }
    checkEnd(source, { flow, canBe: SENDING, wanted: SENDS, report });
    checkEnd(target, { flow, canBe: RECEIVING, wanted: RECEIVES, report });
  }
}

/** The participant itself, or the one whose process holds the element. */
function poolOf(end: ModdleElement, pools: ReadonlyMap<ModdleElement | undefined, ModdleElement>): ModdleElement | undefined {
  if (end.$type === 'bpmn:Participant') return end;
  for (let at: ModdleElement | undefined = end; at; at = at.$parent) if (pools.has(at)) return pools.get(at);
  return undefined;
}

const SENDING = /^bpmn:(Participant|EndEvent|IntermediateThrowEvent|.*Task|.*SubProcess|Transaction|CallActivity)$/;
const RECEIVING = /^bpmn:(Participant|StartEvent|IntermediateCatchEvent|BoundaryEvent|.*Task|.*SubProcess|Transaction|CallActivity)$/;
const SENDS = { en: 'sends a message: a task, a throwing or end event, or a pool', zh: '能发送消息的元素（任务、抛出或结束事件、泳池）' };
const RECEIVES = {
  en: 'receives a message: a task, a catching or start event, or a pool',
  zh: '能接收消息的元素（任务、捕获或开始事件、泳池）',
};

interface End {
  readonly flow: ModdleElement;
  readonly canBe: RegExp;
  readonly wanted: { readonly en: string; readonly zh: string };
  readonly report: Report;
}

function checkEnd(end: ModdleElement, { flow, canBe, wanted, report }: End): void {
  const definitions = elementsIn(end, 'eventDefinitions');
  const isForMessages = definitions.length === 0 || definitions.some(({ $type }) => $type === 'bpmn:MessageEventDefinition');
  if (canBe.test(end.$type) && isForMessages) return;
  report(idOf(flow), 'message-flow-ends', {
    en: `The message flow is connected to "${end.id}" (${wordOf(end)}), which no message flow may be. Connect it to what ${wanted.en}.`,
    zh: `消息流不能连接到“${end.id}”（${wordOf(end)}），请连接到${wanted.zh}。`,
  });
}
