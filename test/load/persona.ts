/**
 * One person at work over HTTP: looks into the inbox, claims, fills the form and decides; applicants also apply. It does one thing
 * after the other, and sends a command again under the same id until it is answered, as the web does.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InboxPage } from '#api/views/inbox.ts';
import type { CommandAnswer, ErrorView, MeView, ServiceFormView, TaskView } from '#api/views.ts';
import { type Answer, ApiClient, ApiError } from '#bin/api-client.ts';
import type { Outcome } from '#core/bpmn/graph.ts';
import type { AnswerValue } from '#core/form/questionnaire.ts';
import { fillForm } from '../support/fill-form.ts';
import { fillApplication } from './application.ts';
import type { Operation } from './operation.ts';
import type { Random } from './random.ts';

export interface PersonaOptions {
  readonly baseUrl: string;
  readonly signInName: string;
  readonly random: Random;
  readonly record: (operation: Operation) => void;
  /** Whether another application is wanted now. */
  readonly mayStart: () => boolean;
  readonly paceMs: readonly [number, number];
  /** How often something else than going forward is chosen: a return, a decline, a question. */
  readonly detours: number;
}

const SERVICE = 'consult';
const APPLY_FIRST = 0.3;
const RETRY_MS = 250;
const GIVE_UP_MS = 120_000;

export class Persona {
  readonly #options: PersonaOptions;
  readonly #client: ApiClient;
  #me: MeView | null = null;
  #isStopped = false;

  constructor(options: PersonaOptions) {
    this.#options = options;
    this.#client = new ApiClient(options.baseUrl);
  }

  /** Works until told to stop. Reads that fail are tried again: the parts below may be down. */
  async work(): Promise<void> {
    const { random, paceMs } = this.#options;
    while (!this.#isStopped) {
      try {
        this.#me ??= await this.#signIn();
        await this.#oneThing(this.#me);
      } catch (error) {
        if (error instanceof ApiError && error.answer.status === 401) this.#me = null;
        if (isMistake(error)) throw error;
        await sleep(RETRY_MS);
      }
      await sleep(random.between(...paceMs));
    }
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #signIn(): Promise<MeView> {
    await this.#client.signIn(this.#options.signInName);
    return this.#client.get<MeView>('/api/me');
  }

  async #oneThing(me: MeView): Promise<void> {
    // Now and then before what waits already, so that instances also come to their end.
    if (me.can.start && this.#options.random.chance(APPLY_FIRST) && this.#options.mayStart()) return this.#apply(me);
    for (const list of ['todo', 'claimable'] as const) {
      const page = await this.#client.get<InboxPage>(`/api/inbox?list=${list}&limit=20`);
      const row = this.#options.random.pick(page.rows.filter(({ taskId }) => taskId !== null));
      if (row?.taskId !== undefined && row.taskId !== null) return this.#take(me, row.instanceId, row.taskId);
    }
    if (me.can.start && this.#options.mayStart()) return this.#apply(me);
  }

  async #apply(me: MeView): Promise<void> {
    const { form } = await this.#client.get<ServiceFormView>(`/api/services/${SERVICE}`);
    const response = fillApplication(form.questionnaire, me.person.id);
    await this.#send('start', me, { instanceId: null, taskId: null }, '/api/instances', {
      serviceKey: SERVICE,
      formHash: form.hash,
      response,
    });
  }

  async #take(me: MeView, instanceId: string, taskId: string): Promise<void> {
    const place = `/api/instances/${instanceId}/tasks/${taskId}`;
    const seen = await this.#client.get<TaskView>(place);
    if (seen.assignee === null) {
      const claimed = await this.#send('claim', me, { instanceId, taskId }, `${place}/claim`, {});
      // Somebody else was faster.
      if (claimed !== 'accepted') return;
    }
    const task = await this.#client.get<TaskView>(place);
    const outcome = this.#choose(task);
    if (outcome === null) return;
    const answers = { 'arrangement.startsAt': [soon()] };
    const form =
      task.form === null
        ? {}
        : { formHash: task.form.hash, response: fillForm(task.form.questionnaire, { personId: me.person.id, answers }) };
    await this.#send('complete', me, { instanceId, taskId }, `${place}/complete`, {
      outcome: outcome.code,
      ...reasonFor(outcome),
      ...form,
    });
  }

  #choose(task: TaskView): Outcome | null {
    const enabled = task.actions.flatMap((action) => (action.kind === 'outcome' && action.disabled === null ? [action.outcome] : []));
    const forward = enabled.filter(({ tone }) => tone === 'primary');
    const { random, detours } = this.#options;
    const choice = random.pick(forward.length > 0 && !random.chance(detours) ? forward : enabled);
    return choice ?? null;
  }

  async #send(
    kind: Operation['kind'],
    me: MeView,
    place: Pick<Operation, 'instanceId' | 'taskId'>,
    path: string,
    body: Readonly<Record<string, unknown>>,
  ): Promise<Operation['result']> {
    const commandId = randomUUID();
    const beganAt = Date.now();
    let attempts = 0;
    let code: string | null = null;
    const record = (result: Operation['result'], answered: Partial<CommandAnswer> = {}): Operation['result'] => {
      const instanceId = answered.instanceId ?? place.instanceId;
      const seq = result === 'accepted' ? (answered.seq ?? null) : null;
      this.#options.record({
        commandId,
        kind,
        personId: me.person.id,
        ...place,
        instanceId,
        beganAt,
        endedAt: Date.now(),
        attempts,
        result,
        seq,
        code,
      });
      return result;
    };
    while (Date.now() - beganAt < GIVE_UP_MS) {
      attempts++;
      const answer = await this.#client
        .request<CommandAnswer & ErrorView>('POST', path, { body: { commandId, ...body } })
        .catch(() => null);
      if (answer !== null && answer.status < 300) return record('accepted', answer.body);
      code = answer === null ? 'no-answer' : codeOf(answer);
      if (answer?.status === 401) await this.#signIn().catch(() => undefined);
      else if (answer !== null && answer.status < 500 && answer.status !== 429) return record('refused');
      await sleep(RETRY_MS);
    }
    return record('unknown');
  }
}

/** The rest is the product's: a page that cannot be read now, a server that is being started. */
const isMistake = (error: unknown) => error instanceof TypeError && !/fetch failed|terminated/.test(error.message);

const codeOf = (answer: Answer<{ readonly code?: string }>) => `${answer.status} ${answer.body?.code ?? ''}`.trim();

/** So that the reminder of one hour before comes due while the test runs. */
const soon = (): AnswerValue => ({ valueDateTime: new Date(Date.now() + 3_602_000).toISOString() });

function reasonFor({ reason }: Outcome): { readonly reason?: string; readonly reasonCode?: string } {
  if (reason.kind === 'coded') return { reasonCode: reason.codes[0]?.code ?? '', reason: '测试' };
  return reason.kind === 'none' ? {} : { reason: '测试' };
}
