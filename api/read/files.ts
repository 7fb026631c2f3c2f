import type { StoredFile } from '#db/files.ts';
import { decrypt } from '#engine/keys.ts';
import type { Context } from '../operation.ts';
import type { FileView, PersonView } from '../views.ts';

export async function fileView(context: Context, file: StoredFile, by: PersonView | null): Promise<FileView> {
  const key = await context.runtime.keys.find(`file:${file.id}`);
  const name = key ? decrypt(key.subkey('file'), file.name).toString('utf8') : '';
  return { id: file.id, name, contentType: file.contentType, size: file.size, by, at: file.at };
}
