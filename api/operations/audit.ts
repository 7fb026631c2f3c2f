import { z } from 'zod';
import { GENESIS_HASH, stepHash } from '#core/journal/chain.ts';
import { readLoggedHead } from '#db/head-log.ts';
import { readConfirmation, recordAccess } from '#db/instances.ts';
import { envelopeOf } from '#engine/door.ts';
import { notFound } from '../errors.ts';
import { defineOperation } from '../operation.ts';
import { loadForAudit } from '../read/audit.ts';
import { diagramOf } from '../read/diagram.ts';
import { firedRulesOf } from '../read/fired-rules.ts';
import { headerOf, type LoadedInstance, type OpenedStep, readJournal, stateAfter, waitingOf } from '../read/instance.ts';
import { saidTo } from '../read/quotes.ts';
import { legalHoldActsOf } from '../read/retention.ts';
import { submissionsOf } from '../read/submissions.ts';
import { viewerIn } from '../read/viewer.ts';
import { guardedFacts, visibleFacts } from '../read/visible-facts.ts';
import { wholeSubmissions } from '../read/whole-submissions.ts';
import type { AuditMoment, AuditView } from '../views/audit.ts';

export const audit = defineOperation({
  name: 'audit',
  method: 'get',
  path: '/audit/:id',
  summary: 'Every step of an instance, with the chain recomputed and what the workflow confirmed',
  input: z.object({ id: z.uuid() }),
  right: 'audit.read',
  async run(context, { id }): Promise<AuditView> {
    const loaded = await loadForAudit(context, id);
    const { db, directory } = context.runtime;
    const steps = await readJournal(context, loaded);
    const viewer = await viewerIn(context, loaded.instance);
    const [header, confirmation, logged, legalHolds, persons] = await Promise.all([
      headerOf(context, loaded, { viewer, said: saidTo(viewer, context.standing.person.id, await wholeSubmissions(context, loaded)) }),
      readConfirmation(db, id),
      readLoggedHead(db, id),
      legalHoldActsOf(context, id),
      directory.persons(steps.map(({ opened }) => (opened.command.actor.kind === 'person' ? opened.command.actor.personId : null))),
      recordAccess(db, { personId: context.standing.person.id, instanceId: id, operation: 'audit' }),
    ]);
    const brokenAt = firstBroken(loaded, steps);
    const sealed = steps.flatMap((step) =>
      step.opened.events.flatMap((event) => (event.type === 'sealed' ? [{ at: step.at, event }] : [])),
    )[0];
    return {
      header,
      definitionHash: loaded.instance.graphHash,
      chain: { valid: brokenAt === null, brokenAt, head: loaded.instance.lastHash },
      seal: sealed ? { at: sealed.at, lastSeq: sealed.event.lastSeq, lastHash: sealed.event.lastHash, runIds: sealed.event.runIds } : null,
      legalHolds,
      checkpoint: logged && { index: logged.index, seq: logged.seq, ...logged.checkpoint },
      steps: steps.map((step) => {
        const { command, events } = step.opened;
        return {
          seq: step.seq,
          at: step.at,
          actor: command.actor.kind === 'person' ? (persons.get(command.actor.personId) ?? null) : null,
          commandType: step.commandType,
          hash: step.hash,
          confirmed: step.seq <= confirmation.confirmedSeq,
          events: events.map((event, index) => {
            const elementId = 'elementId' in event ? event.elementId : null;
            return { index, type: event.type, elementId, elementName: elementId ? (step.graph.elements[elementId]?.name ?? null) : null };
          }),
        };
      }),
    };
  },
});

export const auditMoment = defineOperation({
  name: 'auditMoment',
  method: 'get',
  path: '/audit/:id/steps/:seq',
  summary: 'An instance as it was after one step: diagram, open tasks, answers, variables',
  input: z.object({ id: z.uuid(), seq: z.coerce.number().int().min(1) }),
  right: 'audit.read',
  async run(context, { id, seq }): Promise<AuditMoment> {
    const loaded = await loadForAudit(context, id);
    const steps = (await readJournal(context, loaded)).filter((step) => step.seq <= seq);
    const last = steps.at(-1);
    const state = stateAfter(steps, seq);
    if (!last || !state) throw notFound();
    const viewer = await viewerIn(context, loaded.instance);
    const guarded = await guardedFacts(context, last.graph, viewer);
    return {
      seq: last.seq,
      at: last.at,
      diagram: diagramOf(last.graph, last.graphHash, state, steps),
      openTasks: await waitingOf(context, last.graph, state),
      submissions: await submissionsOf(context, loaded, {
        steps,
        submissions: await wholeSubmissions(context, loaded),
        viewer,
        upToSeq: seq,
      }),
      rules: last.opened.events.flatMap((event) => firedRulesOf(event, last.graph, guarded)),
      variables: visibleFacts(state.elements[1]?.variables ?? {}, guarded),
    };
  },
});

/** The first step whose hash does not follow from the one before it; or the head that is not the last step's. */
function firstBroken({ instance }: LoadedInstance, steps: readonly OpenedStep[]): number | null {
  let previous = GENESIS_HASH;
  for (const [index, step] of steps.entries()) {
    const envelope = envelopeOf(instance.id, step.seq, { ...step.opened.command, at: step.at }, instance.semantics);
    if (step.seq !== index + 1 || stepHash(previous, envelope, step.commitment) !== step.hash) return step.seq;
    previous = step.hash;
  }
  return previous === instance.lastHash ? null : instance.lastSeq;
}
