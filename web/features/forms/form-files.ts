import type { FileView } from '#api/views.ts';
import { fileUrl } from '#core/form/references.ts';
import type { Files } from '#web/form-view/form-context.ts';
import { ApiError, viewFrom } from '#web/lib/api.ts';
import { paths } from '#web/paths.ts';

/** Where attachments are kept. `fetch` tells no progress of an upload, so this uses the older way. */
export const formFiles: Files = {
  url: paths.file,
  upload: (file, { onProgress, signal }) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('POST', '/api/files');
      request.responseType = 'json';
      request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
      request.onload = () => {
        if (request.status >= 200 && request.status < 300) {
          // The shape is the contract in api/views.ts.
          const { id, name, contentType, size } = request.response as FileView;
          resolve({ url: fileUrl(id), title: name, contentType, size });
        } else reject(new ApiError(request.status, viewFrom(request.response, request.status)));
      };
      request.onerror = () => reject(new ApiError(0, { code: 'offline' }));
      request.onabort = () => reject(new DOMException('The upload was canceled.', 'AbortError'));
      signal.addEventListener('abort', () => request.abort());
      const body = new FormData();
      body.set('file', file);
      request.send(body);
    }),
};
