import { describe, expect, it } from 'vitest';
import { importDeviceKey, seal, unseal } from './device-cipher.ts';
import type { KeptContent, KeptHead } from './kept.ts';

const keyOf = (fill: number) => importDeviceKey(Buffer.alloc(32, fill).toString('base64'));
const head: KeptHead = {
  id: 'k-1',
  personId: 'p-1',
  scope: { kind: 'task', instanceId: 'i-1', taskId: '7' },
  draft: { id: 'd-1', version: 1 },
  formHash: 'f'.repeat(64),
  label: { service: { 'zh-CN': '远程会诊' }, step: null, number: null },
  keptAt: '2026-11-30T07:00:00.000Z',
  state: { kind: 'to-save' },
};
const content: KeptContent = {
  response: {
    resourceType: 'QuestionnaireResponse',
    status: 'in-progress',
    item: [{ linkId: 'a', answer: [{ valueString: '右肺结节' }] }],
  },
  unanswered: [],
  sending: null,
};

describe('what lies on a device', () => {
  it('is read again with the key of its person, in whatever state it is by then', async () => {
    const key = await keyOf(1);
    const sealed = await seal(key, head, content);
    expect(await unseal(key, { ...head, state: { kind: 'conflict' }, draft: { id: 'd-1', version: 2 } }, sealed)).toEqual(content);
  });

  it('says nothing in clear, and nothing twice in the same way', async () => {
    const key = await keyOf(1);
    const [first, second] = await Promise.all([seal(key, head, content), seal(key, head, content)]);
    expect(Buffer.from(first.bytes).includes('右肺结节')).toBe(false);
    expect(Buffer.from(first.bytes).equals(Buffer.from(second.bytes))).toBe(false);
  });

  it.each([
    ['with the key of somebody else', 2, head],
    ['as if somebody else had written it', 1, { ...head, personId: 'p-2' }],
    ['as if it were another’s record', 1, { ...head, id: 'k-2' }],
    ['as if it were for another task', 1, { ...head, scope: { kind: 'task', instanceId: 'i-1', taskId: '8' } }],
    ['as if it were for a service', 1, { ...head, scope: { kind: 'service', serviceKey: 'i-1' } }],
    ['as if it were for another form', 1, { ...head, formHash: 'e'.repeat(64) }],
  ] as const)('is not read %s', async (_what, fill, as) => {
    const sealed = await seal(await keyOf(1), head, content);
    expect(await unseal(await keyOf(fill), as, sealed)).toBeNull();
  });

  it('is not read after it was changed', async () => {
    const key = await keyOf(1);
    const { nonce, bytes } = await seal(key, head, content);
    new Uint8Array(bytes)[3] = (new Uint8Array(bytes)[3] ?? 0) ^ 1;
    expect(await unseal(key, head, { nonce, bytes })).toBeNull();
  });

  it('is under a key that no script can take out', async () => {
    await expect(crypto.subtle.exportKey('raw', await keyOf(1))).rejects.toThrow();
  });
});
