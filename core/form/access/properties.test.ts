/** What holds for every form, viewer and answer. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markedResponse, randomGuardedForm, randomViewer } from '#test/support/random/access.ts';
import { answersByLinkId } from '../answers.ts';
import { evaluateResponse } from '../expression/evaluate.ts';
import { allItems } from '../items.ts';
import { fieldAccess } from './field-access.ts';
import { questionnaireFor } from './questionnaire-for.ts';
import { responseFor } from './response-for.ts';
import { withProtected } from './with-protected.ts';

const rows = fc.nat(3);
const RUNS = { numRuns: 300 };

describe('rights on fields', () => {
  it('never let an answer out that is hidden, nor the whole of one that is masked', () => {
    fc.assert(
      fc.property(randomGuardedForm, randomViewer, rows, (form, viewer, count) => {
        const access = fieldAccess(form, viewer);
        const told = JSON.stringify(responseFor(access, markedResponse(form, 'known', count)));
        for (const [linkId, { reading }] of access) if (reading !== 'open') expect(told).not.toContain(`known-${linkId}-`);
      }),
      RUNS,
    );
  });

  it('keep what is open exactly as it was', () => {
    fc.assert(
      fc.property(randomGuardedForm, randomViewer, rows, (form, viewer, count) => {
        const access = fieldAccess(form, viewer);
        const [whole, told] = [markedResponse(form, 'known', count), responseFor(access, markedResponse(form, 'known', count))];
        for (const [linkId, answers] of answersByLinkId(told)) {
          if ((access.get(linkId)?.reading ?? 'open') !== 'open') continue;
          const texts = answers.map(({ valueString }) => valueString);
          expect(texts).toEqual((answersByLinkId(whole).get(linkId) ?? []).map(({ valueString }) => valueString));
        }
      }),
      RUNS,
    );
  });

  it('take back what went out as it was known: whoever changes nothing has changed nothing', () => {
    fc.assert(
      fc.property(randomGuardedForm, randomViewer, rows, (form, viewer, count) => {
        const access = fieldAccess(form, viewer);
        const known = markedResponse(form, 'known', count);
        expect(withProtected(form, access, responseFor(access, known), known)).toEqual(known);
      }),
      RUNS,
    );
  });

  it('take nothing that was sent in the place of what is protected, and store no placeholder', () => {
    fc.assert(
      fc.property(randomGuardedForm, randomViewer, rows, rows, (form, viewer, knownRows, sentRows) => {
        const access = fieldAccess(form, viewer);
        const [known, sent] = [markedResponse(form, 'known', knownRows), markedResponse(form, 'sent', sentRows)];
        const kept = JSON.stringify(withProtected(form, access, sent, known));
        for (const [linkId, { isReadOnly }] of access) if (isReadOnly) expect(kept).not.toContain(`sent-${linkId}-`);
        const placed = JSON.stringify(withProtected(form, access, responseFor(access, sent), null));
        expect(placed).not.toContain('•••');
        expect(placed).not.toContain('known-');
      }),
      RUNS,
    );
  });

  it('come to the same when they are applied again', () => {
    fc.assert(
      fc.property(randomGuardedForm, randomViewer, rows, rows, (form, viewer, knownRows, sentRows) => {
        const access = fieldAccess(form, viewer);
        const [known, sent] = [markedResponse(form, 'known', knownRows), markedResponse(form, 'sent', sentRows)];
        const once = withProtected(form, access, sent, known);
        expect(withProtected(form, access, once, known)).toEqual(once);
      }),
      RUNS,
    );
  });

  it('show a form in which every answer that goes out has its place', () => {
    fc.assert(
      fc.property(randomGuardedForm, randomViewer, rows, (form, viewer, count) => {
        const access = fieldAccess(form, viewer);
        const known = markedResponse(form, 'known', count);
        const shown = questionnaireFor(form, access, { whole: evaluateResponse(form, known), kept: known });
        const asked = new Set(allItems(shown.item ?? []).map(({ linkId }) => linkId));
        for (const [linkId, answers] of answersByLinkId(responseFor(access, known)))
          if (answers.length > 0) expect(asked).toContain(linkId);
        for (const [linkId, { reading }] of access) if (reading === 'hidden') expect(asked).not.toContain(linkId);
      }),
      RUNS,
    );
  });

  it('open never less to whoever has one more role or one more place', () => {
    fc.assert(
      fc.property(randomGuardedForm, randomViewer, randomViewer, (form, viewer, more) => {
        // Nothing at all is not less than something: it meets every rule.
        const both = { places: [...viewer.places, ...more.places], roles: [...viewer.roles, ...more.roles] };
        const [one, wide] = [fieldAccess(form, viewer), fieldAccess(form, both)];
        for (const [linkId, { isReadOnly, reading }] of wide) {
          if (isReadOnly) expect(one.get(linkId)?.isReadOnly).toBe(true);
          if (reading === 'hidden') expect(one.get(linkId)?.reading).toBe('hidden');
        }
      }),
      RUNS,
    );
  });
});
