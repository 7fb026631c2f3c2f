/** HTTP calls must be complete before they are published: what is missing would be an incident of every instance. */
import { feelSyntaxError } from '#core/feel/syntax.ts';
import { readDuration } from '#core/process/time.ts';
import type { GraphElement, ProcessGraph } from '../graph.ts';
import { HTTP_METHODS, isHttpJob, secretNamesIn } from '../http-job.ts';
import type { Report } from '../report.ts';
import { textLiteral } from './references.ts';
import { elementsOf } from './walk.ts';

export function checkHttpJobs(graph: ProcessGraph, report: Report): void {
  for (const element of elementsOf(graph)) {
    if (!('work' in element) || element.work.kind !== 'job') continue;
    checkBackoff(element.id, element.work.headers.retryBackoff, report);
    const type = textLiteral(element.work.jobType);
    if (type === null || !isHttpJob(type)) continue;
    checkInputs(element, report);
    checkExpressions(element.id, element.work.headers, report);
  }
}

function checkBackoff(id: string, backoff: string | undefined, report: Report): void {
  if (backoff === undefined) return;
  const duration = readDuration(backoff);
  if (duration && duration.months === 0 && duration.ms >= 0) return;
  report(id, 'job-backoff', {
    en: `The header retryBackoff is "${backoff}". Write a duration such as PT30S.`,
    zh: `标头 retryBackoff 的值“${backoff}”不是时长，例：PT30S。`,
  });
}

function checkInputs({ id, inputs, outputs }: GraphElement, report: Report): void {
  const sourceOf = (input: string): string | undefined => inputs.find(({ target }) => target === input)?.source;
  const url = sourceOf('url');
  if (url === undefined) {
    report(id, 'http-url', {
      en: 'An HTTP job needs the address that it calls. Map an input to the variable url.',
      zh: 'HTTP 作业须有调用地址，请用输入映射设置变量 url。',
    });
  }
  const address = url === undefined ? null : textLiteral(url);
  if (address !== null && !/^https?:\/\/[^\s/?#@]+([/?#]\S*)?$/.test(address)) {
    report(id, 'http-url', {
      en: `The address "${address}" must begin with http:// or https:// and hold no password.`,
      zh: `地址“${address}”须以 http:// 或 https:// 开头，且不含密码。`,
    });
  }
  const method = textLiteral(sourceOf('method') ?? '"GET"');
  if (method !== null && !HTTP_METHODS.some((known) => known === method.toUpperCase())) {
    report(id, 'http-method', {
      en: `"${method}" is not a method that an HTTP job may use. Use one of ${HTTP_METHODS.join(', ')}.`,
      zh: `HTTP 作业不支持方法“${method}”，可用：${HTTP_METHODS.join('、')}。`,
    });
  }
  // A secret that is mapped out of the call would be looked for in vain, and its name be stored.
  if (outputs.some(({ source }) => secretNamesIn(source).length > 0)) {
    report(id, 'http-secret', {
      en: 'Secrets are put into inputs only. Remove {{secrets.…}} from the output mapping.',
      zh: '密钥只能用于输入映射，请从输出映射中删除 {{secrets.…}}。',
    });
  }
  checkPlainSecrets(id, inputs, report);
}

/** A password in a diagram is read by everybody who may read the diagram. */
function checkPlainSecrets(id: string, inputs: GraphElement['inputs'], report: Report): void {
  for (const { source, target } of inputs) {
    if (!/^authentication\.(password|token|value)$/.test(target)) continue;
    const text = textLiteral(source);
    if (text === null || text === '' || secretNamesIn(text).length > 0) continue;
    report(
      id,
      'http-secret',
      {
        en: `${target} stands in the diagram in clear. Write {{secrets.NAME}} and give the worker the secret.`,
        zh: `${target} 以明文写在图中，请改用 {{secrets.NAME}}，并在工作进程中配置该密钥。`,
      },
      'warning',
    );
  }
}

function checkExpressions(id: string, headers: Readonly<Record<string, string>>, report: Report): void {
  for (const name of ['resultExpression', 'errorExpression']) {
    const source = headers[name]?.trim().replace(/^=/, '');
    const fault = source ? feelSyntaxError(source) : null;
    if (fault === null) continue;
    report(id, 'feel-syntax', {
      en: `The header ${name}: ${fault} Mend the FEEL expression.`,
      zh: `标头 ${name}：FEEL 表达式有误（${fault}）`,
    });
  }
  const { resultVariable } = headers;
  if (resultVariable && !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(resultVariable)) {
    report(id, 'http-result', {
      en: `The header resultVariable is "${resultVariable}", which is not a variable name.`,
      zh: `标头 resultVariable 的值“${resultVariable}”不是变量名。`,
    });
  }
}
