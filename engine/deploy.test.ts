import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFlowFolder } from '#bin/flow-folder.ts';
import { currentDeployment } from '#db/deployments.ts';
import { aWorld, type World } from '#test/support/world.ts';
import { deploy } from './deploy.ts';
import type { FlowSet } from './flow-set.ts';

let world: World;
let consult: FlowSet;
beforeAll(async () => {
  world = await aWorld();
  consult = await readFlowFolder(fileURLToPath(new URL('../flows/consult', import.meta.url)));
});
afterAll(() => world.stop());

const rulesOf = async (set: FlowSet) => {
  const deployed = await deploy(world.db, set);
  return deployed.kind === 'refused' ? deployed.findings.map((finding) => finding.rule) : [];
};
const withDiagram = (change: (xml: string) => string): FlowSet => ({
  ...consult,
  bpmn: { ...consult.bpmn, xml: change(consult.bpmn.xml) },
});

describe('deploying a set', () => {
  it('finds nothing in the product’s own flows, which may call each other', async () => {
    const found = await world.asOwner(`select service_key, findings from deployment where findings::text <> '[]'`);
    expect(found).toEqual([]);
  });

  it('gives the same set the same version, and another set the next', async () => {
    const before = await currentDeployment(world.db, 'consult');
    expect(await deploy(world.db, consult)).toMatchObject({ kind: 'deployed', version: before?.version });
    const renamed = withDiagram((xml) => xml.replaceAll('name="分流派送"', 'name="分流与派送"'));
    expect(await deploy(world.db, renamed)).toMatchObject({ kind: 'deployed', version: (before?.version ?? 0) + 1 });
    await deploy(world.db, consult);
  });

  it('refuses a flow whose loop would not close, and leaves the deployed one as it is', async () => {
    const before = await currentDeployment(world.db, 'consult');
    const rules = await rulesOf(withDiagram((xml) => xml.replaceAll('name="bihuan:side"', 'name="bihuan:sidde"')));
    expect(rules).toContain('property-known');
    expect(await currentDeployment(world.db, 'consult')).toEqual(before);
  });

  it('refuses a flow in which a token can wait for ever, and says on which way', async () => {
    const waitsForItself = withDiagram((xml) =>
      xml.replace(
        '<bpmn:sequenceFlow id="evaluation-join--evaluation-end"',
        '<bpmn:sequenceFlow id="itself" sourceRef="evaluation-join" targetRef="evaluation-join" />$&',
      ),
    );
    const deployed = await deploy(world.db, waitsForItself);
    expect(deployed).toMatchObject({ kind: 'refused' });
    const found = deployed.findings.find(({ elementId }) => elementId === 'evaluation-join');
    expect(found).toMatchObject({ rule: 'token-lost', severity: 'error' });
    expect(found?.counterExample?.steps).toContain('evaluate-applicant: submit');
  });

  it('refuses a form that is missing, and one that is none', async () => {
    const without = { ...consult, forms: consult.forms.filter((form) => form.key !== 'consult-review') };
    expect((await deploy(world.db, without)).kind).toBe('refused');
    const broken = {
      ...consult,
      forms: consult.forms.map((form) => (form.key === 'consult-review' ? { ...form, json: { resourceType: 'Patient' } } : form)),
    };
    expect(await rulesOf(broken)).toContain('form-malformed');
  });
});
