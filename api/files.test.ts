import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileUrl } from '#core/form/references.ts';
import type { ApiCaller } from '#test/support/api-caller.ts';
import { APPLICANT, aConsult, anApplication } from '#test/support/consult.ts';
import { aWorld, type World } from '#test/support/world.ts';

const MEGABYTE = 1024 * 1024;

let world: World;
let applicant: ApiCaller;
let other: ApiCaller;

beforeAll(async () => {
  world = await aWorld({ FILE_SIZE_LIMIT_MB: '2' });
  applicant = await world.signIn(APPLICANT);
  other = await world.signIn('p-chen-xi');
});
afterAll(() => world.stop());

const PDF = '%PDF-1.7\n';
const MP4 = new Uint8Array(Buffer.from('\0\0\0\x18ftypisom\0\0\0\0'));
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);

async function upload(caller: ApiCaller, content: string | Uint8Array<ArrayBuffer>, name: string) {
  const form = new FormData();
  form.append('file', new File([content], name, { type: 'application/pdf' }));
  return caller.request('POST', '/api/files', { body: form });
}

describe('a file', () => {
  it('is taken, kept encrypted, and comes back byte by byte under its name', async () => {
    const content = Buffer.concat([Buffer.from(PDF), Buffer.alloc(1.5 * MEGABYTE, 7)]);
    const { status, body } = await upload(applicant, content, '出院小结.pdf');
    expect([status, body]).toMatchObject([200, { name: '出院小结.pdf', contentType: 'application/pdf', size: content.length }]);
    const [chunk] = await world.asOwner<{ body: Buffer }>('select body from file_chunk where file_id = $1 and n = 0', [body.id]);
    expect(chunk?.body.includes(PDF)).toBe(false);
    const read = await applicant.get(`/api/files/${body.id}`);
    expect(read.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${encodeURIComponent('出院小结.pdf')}`);
    expect(Buffer.byteLength(read.text)).toBe(content.length);
  });

  it.each([
    ['larger than allowed', Buffer.concat([Buffer.from(PDF), Buffer.alloc(2 * MEGABYTE)]), 'a.pdf', 413, 'file-too-large'],
    [
      'one byte larger than allowed',
      Buffer.concat([Buffer.from(PDF), Buffer.alloc(2 * MEGABYTE - PDF.length + 1)]),
      'a.pdf',
      413,
      'file-too-large',
    ],
    ['empty', new Uint8Array(), 'a.pdf', 422, 'file-empty'],
    ['a program', Buffer.from('MZ\x90\x00'), 'a.exe', 415, 'file-type-refused'],
    ['a page that calls itself a picture', Buffer.from('<html><script>alert(1)</script>'), 'a.png', 415, 'file-type-refused'],
    ['a picture that calls itself a page', PNG, 'a.html', 415, 'file-type-refused'],
    [
      'a drawing that can act',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      'a.svg',
      415,
      'file-type-refused',
    ],
    ['of a double name', Buffer.from('#!/bin/sh'), 'report.pdf.sh', 415, 'file-type-refused'],
    ['without an ending', Buffer.from(PDF), 'report', 415, 'file-type-refused'],
  ])('is refused when it is %s', async (_what, content, name, status, code) => {
    const [before] = await world.asOwner('select count(*) from file');
    const answer = await upload(applicant, new Uint8Array(content), name);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await world.asOwner('select count(*) from file')).toEqual([before]);
  });

  it('keeps the last part of its name only', async () => {
    const { body } = await upload(applicant, PDF, '../../etc/\u0001passwd.pdf');
    expect(body.name).toBe('passwd.pdf');
  });

  it.each([
    ['nothing', undefined],
    ['JSON', '{}'],
    ['a broken form', '--x\r\nnonsense'],
  ])('is asked for where %s is sent', async (_what, body) => {
    const answer = await applicant.request('POST', '/api/files', {
      ...(body !== undefined && { body, headers: body.startsWith('--') ? { 'content-type': 'multipart/form-data; boundary=x' } : {} }),
    });
    expect([answer.status, answer.body.code]).toEqual([400, 'file-missing']);
  });

  it('is not taken from another site', async () => {
    const form = new FormData();
    form.append('file', new File([PDF], 'a.pdf'));
    const answer = await applicant.request('POST', '/api/files', { body: form, headers: { origin: 'https://evil.example' } });
    expect([answer.status, answer.body.code]).toEqual([400, 'foreign-origin']);
  });

  it('that is not attached yet is there for nobody else', async () => {
    const { body } = await upload(applicant, PDF, 'a.pdf');
    expect((await other.get(`/api/files/${body.id}`)).status).toBe(404);
    expect((await applicant.get(`/api/files/${body.id}`)).status).toBe(200);
    expect((await applicant.get('/api/files/nonsense')).status).toBe(404);
  });
});

describe('an application', () => {
  const attaching = async (id: string, applicantId: string = APPLICANT) =>
    anApplication(world, {
      applicant: applicantId,
      answers: { 'attachments.videos': [{ valueAttachment: { url: fileUrl(id), title: 'a.mp4' } }] },
    });

  it('takes the files that it names with it: from then on whoever takes part reads them', async () => {
    const { body: file } = await upload(applicant, MP4, 'a.mp4');
    const answer = await applicant.post('/api/instances', await attaching(file.id));
    expect(answer.status).toBe(200);
    const manager = await world.signIn('p-he-jing');
    expect((await manager.get(`/api/files/${file.id}`)).status).toBe(200);
    expect((await manager.get(`/api/instances/${answer.body.instanceId}`)).body.files).toMatchObject([{ id: file.id, name: 'a.mp4' }]);
    expect((await other.get(`/api/files/${file.id}`)).status).toBe(404);
  });

  it.each([
    ['another person’s file', async () => (await upload(other, MP4, 'theirs.mp4')).body.id as string],
    ['a file that is not there', async () => randomUUID()],
    ['what is no id of a file', async () => 'nonsense'],
  ])('that names %s is refused, and nothing is started', async (_what, fileId) => {
    const [before] = await world.asOwner('select count(*) from instance');
    const answer = await applicant.post('/api/instances', await attaching(await fileId()));
    expect([answer.status, answer.body.code]).toEqual([422, 'unknown-file']);
    expect(await world.asOwner('select count(*) from instance')).toEqual([before]);
  });

  it('that names a file of another instance is refused; the same instance may name it again', async () => {
    const { body: file } = await upload(applicant, MP4, 'a.mp4');
    const consult = await applicant.post('/api/instances', await attaching(file.id));
    const again = await applicant.post('/api/instances', await attaching(file.id));
    expect([again.status, again.body.code]).toEqual([422, 'unknown-file']);
    const { instanceId } = consult.body;
    const rows = await world.asOwner('select 1 from file where id = $1 and instance_id = $2', [file.id, instanceId]);
    expect(rows).toHaveLength(1);
  });

  it('that claims another type than the file has is refused: what counts is the content', async () => {
    const { body: file } = await upload(applicant, PDF, 'a.pdf');
    const answers = {
      'attachments.videos': [{ valueAttachment: { url: fileUrl(file.id), title: 'a.mp4', contentType: 'video/mp4', size: 1 } }],
    };
    const answer = await applicant.post('/api/instances', await anApplication(world, { answers }));
    expect([answer.status, answer.body.code]).toEqual([422, 'form-invalid']);
    expect(answer.body.issues).toMatchObject([{ code: 'file-type' }]);
  });

  it('sent twice attaches its files once and answers the same', async () => {
    const { body: file } = await upload(applicant, MP4, 'a.mp4');
    const application = await attaching(file.id);
    const first = await applicant.post('/api/instances', application);
    const second = await applicant.post('/api/instances', application);
    expect([second.status, second.body]).toEqual([200, first.body]);
  });
});

describe('a correction', () => {
  it('may name the files that its application brought', async () => {
    const { body: file } = await upload(applicant, MP4, 'a.mp4');
    const answers = { 'attachments.videos': [{ valueAttachment: { url: fileUrl(file.id), title: 'a.mp4' } }] };
    const consult = await aConsult(world, { waitingAt: 'review', answers });
    await consult.complete('review', { by: 'p-he-jing', outcome: 'return', reason: '请补充' });
    await expect(consult.complete('correct', { outcome: 'resubmit', answers })).resolves.toBeTruthy();
  });
});
