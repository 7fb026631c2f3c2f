/**
 * The core interprets more than the durable shell carries so far. What the shell does not carry is refused at deployment, by name:
 * an instance that waits for what cannot come would be worse than a flow that cannot be published.
 */
import type { Finding } from '#core/bpmn/finding.ts';
import type { GraphElement, ProcessGraph } from '#core/bpmn/graph.ts';

export const notCarried = (graph: ProcessGraph): readonly Finding[] =>
  Object.values(graph.elements).flatMap((element): readonly Finding[] => {
    const what = missingFor(element);
    if (!what) return [];
    return [
      {
        elementId: element.id,
        rule: 'not-carried',
        severity: 'error',
        message: `The server does not carry ${what.en} yet. Model it otherwise; "simulate" runs it.`,
        messageZh: `服务器尚不支持${what.zh}，请换一种画法；“simulate”可以运行。`,
      },
    ];
  });

interface Missing {
  readonly en: string;
  readonly zh: string;
}

const THROWN: Missing = { en: 'thrown messages and signals', zh: '抛出的消息和信号' };
const AWAITED: Missing = { en: 'messages and signals that no person sends', zh: '并非由人发送的消息和信号' };
const STARTED: Missing = { en: 'starts by timer, message or signal', zh: '由定时器、消息或信号启动' };

function missingFor(element: GraphElement): Missing | null {
  switch (element.elementType) {
    case 'sendTask':
      return element.work.kind === 'throwMessage' ? THROWN : null;
    case 'receiveTask':
      return AWAITED;
    case 'startEvent':
      return element.event.kind === 'none' ? null : STARTED;
    case 'endEvent':
    case 'intermediateThrowEvent':
      return isNews(element.event.kind) ? THROWN : null;
    case 'boundaryEvent':
    case 'intermediateCatchEvent':
      return isNews(element.event.kind) && !element.action ? AWAITED : null;
    default:
      return null;
  }
}

const isNews = (kind: string): boolean => kind === 'message' || kind === 'signal';
