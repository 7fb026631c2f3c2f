/** Attachments: encrypted in chunks under a key of their own, read only by whoever may read their instance. */
import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { config } from '#config/config.ts';
import { insertFile, readFile, readFileChunks } from '#db/files.ts';
import { recordAccess } from '#db/instances.ts';
import { isPublishedFile } from '#db/standards.ts';
import { decrypt, encrypt } from '#engine/keys.ts';
import { ApiError, notFound } from './errors.ts';
import { type SniffedType, sniffType } from './file-types.ts';
import type { Context } from './operation.ts';
import { fileView } from './read/files.ts';
import { hiddenFiles } from './read/hidden-files.ts';
import { loadInstance } from './read/instance.ts';
import { notFoundAsNull, takenOverIn } from './read/linked.ts';
import { viewerIn } from './read/viewer.ts';
import { wholeSubmissions } from './read/whole-submissions.ts';
import type { FileView } from './views.ts';

const CHUNK_BYTES = 1_048_576;
const NAME_CHARACTERS_MAX = 200;
/** Room for the multipart frame around the file. */
const FRAME_BYTES = 10_000;

export async function receiveFile(context: Context, request: Request): Promise<FileView> {
  const { sizeMaxBytes } = config().files;
  const tooLarge = () => new ApiError(413, { code: 'file-too-large', data: { bytesMax: sizeMaxBytes } });
  if (Number(request.headers.get('content-length') ?? 0) > sizeMaxBytes + FRAME_BYTES) throw tooLarge();
  const form = await request.formData().catch(() => null);
  const file = form?.get('file');
  if (!(file instanceof File)) throw new ApiError(400, { code: 'file-missing' });
  if (file.size > sizeMaxBytes) throw tooLarge();
  const content = Buffer.from(await file.arrayBuffer());
  if (content.length === 0) throw new ApiError(422, { code: 'file-empty' });
  const type: SniffedType | null = sniffType(content, file.name);
  if (!type) throw new ApiError(415, { code: 'file-type-refused' });
  const { db, keys } = context.runtime;
  const id = randomUUID();
  const { key, wrapped } = await keys.create();
  const subkey = key.subkey('file');
  const chunks: Buffer[] = [];
  for (let from = 0; from < content.length; from += CHUNK_BYTES) chunks.push(encrypt(subkey, content.subarray(from, from + CHUNK_BYTES)));
  const stored = await insertFile(db, {
    id,
    byPerson: context.standing.person.id,
    name: encrypt(subkey, Buffer.from(plainName(file.name))),
    contentType: type,
    size: content.length,
    sha256: createHash('sha256').update(content).digest(),
    chunks,
    wrappedKey: wrapped,
  });
  return fileView(context, stored, context.standing.person);
}

export async function answerFile(context: Context, id: string): Promise<Response> {
  if (!z.uuid().safeParse(id).success) throw notFound();
  const { db, keys } = context.runtime;
  const file = await readFile(db, id);
  if (!file) throw notFound();
  // What is published is the network's to read.
  const isPublic = await isPublishedFile(db, id);
  if (file.instanceId && !isPublic) {
    const instanceId = await readableIn(context, { ...file, instanceId: file.instanceId });
    await recordAccess(db, { personId: context.standing.person.id, instanceId, operation: 'file' });
  } else if (!isPublic && file.byPerson !== context.standing.person.id) throw notFound();
  const key = await keys.find(`file:${id}`);
  if (!key) throw notFound();
  const subkey = key.subkey('file');
  const content = Buffer.concat((await readFileChunks(db, id)).map((chunk) => decrypt(subkey, chunk)));
  const name = encodeURIComponent(decrypt(subkey, file.name).toString('utf8'));
  return new Response(content, {
    headers: {
      'content-type': file.contentType,
      // Never shown inside our own pages: what somebody uploaded is opened by the reader's own programs.
      'content-disposition': `attachment; filename*=UTF-8''${name}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
}

/** The instance in which this person may have the file: its own, or one that took it over. */
async function readableIn(
  context: Context,
  file: { readonly id: string; readonly instanceId: string; readonly byPerson: string; readonly at: string },
): Promise<string> {
  const loaded = await loadInstance(context, file.instanceId).catch(notFoundAsNull);
  if (loaded) {
    if (file.byPerson === context.standing.person.id) return file.instanceId;
    const hidden = hiddenFiles(await wholeSubmissions(context, loaded), await viewerIn(context, loaded.instance));
    const isTold = loaded.toldUntil === null || file.at <= loaded.toldUntil;
    if (isTold && !hidden.has(file.id)) return file.instanceId;
  }
  const other = await takenOverIn(context, file);
  if (other === null) throw notFound();
  return other;
}

/** The last part of whatever the browser called it, without control characters. */
const plainName = (name: string): string =>
  (name.split(/[\\/]/).at(-1) ?? '').replaceAll(/\p{Cc}/gu, '').slice(0, NAME_CHARACTERS_MAX) || 'file';
