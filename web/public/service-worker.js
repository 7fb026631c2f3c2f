/**
 * Stands in for pages that nobody answers: instead of the browser's error it says what this device keeps and that it will go. It stores
 * nothing, answers nothing else, and reads what to say from IndexedDB (`features/offline/device-store.ts`), so no build is ever too old
 * for it and no page of an old build comes from it.
 */
self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => {
  // Pages are asked for while the worker is still waking up.
  event.waitUntil(Promise.all([self.clients.claim(), self.registration.navigationPreload?.enable()]));
});

self.addEventListener('fetch', (event) => {
  if (event.request.mode !== 'navigate') return;
  event.respondWith(
    (async () => (await event.preloadResponse) ?? fetch(event.request))().catch(async () => (await offlinePage()) ?? Response.error()),
  );
});

/** Null where nobody was ever signed in. */
async function offlinePage() {
  const database = await openDatabase();
  if (database === null) return null;
  const transaction = database.transaction(['answers', 'facts']);
  const [page, personId, answers] = await Promise.all([
    answerOf(transaction.objectStore('facts').get('offline-page')),
    answerOf(transaction.objectStore('facts').get('signed-in')),
    answerOf(transaction.objectStore('answers').getAll()),
  ]);
  database.close();
  if (page === undefined) return null;
  const since = new Date(Date.now() - page.days * 86_400_000).toISOString();
  const kinds = answers.filter(({ head }) => head.personId === personId && head.keptAt > since).map(({ head }) => head.state.kind);
  const nonce = crypto.randomUUID();
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'content-security-policy': policy };
  return new Response(documentOf(page, kinds, nonce), { status: 503, headers });
}

function documentOf({ locale, words }, kinds, nonce) {
  const count = (...wanted) => kinds.filter((kind) => wanted.includes(kind)).length;
  const lines = [
    [words.toSend, count('to-send')],
    [words.toSave, count('saving', 'to-save')],
    [words.other, count('conflict', 'not-saved', 'not-sent')],
  ].flatMap(([word, number]) => (number > 0 ? [`<li>${safe(word.replace('{count}', number))}</li>`] : []));
  return `<!doctype html>
<html lang="${safe(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<title>${safe(words.title)}</title>
<style nonce="${nonce}">
body { display: grid; min-height: 100dvh; margin: 0; place-items: center; background: light-dark(#f2f5f5, #0e171a);
  color: light-dark(#14262b, #e4edee); font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
main { box-sizing: border-box; width: min(480px, 100%); padding: 24px; }
h1 { margin: 0 0 8px; font-size: 24px; }
ul { padding-inline-start: 20px; font-weight: 600; }
a { display: inline-grid; min-height: 44px; margin-top: 8px; padding: 0 24px; border-radius: 6px; place-items: center;
  background: light-dark(#0f5f68, #63bdc4); color: light-dark(#fff, #05252a); text-decoration: none; }
</style>
</head>
<body>
<main>
<h1>${safe(words.title)}</h1>
<p>${safe(words.hint)}</p>
${lines.length > 0 ? `<ul>${lines.join('')}</ul><p>${safe(words.going)}</p>` : `<p>${safe(words.nothing)}</p>`}
<a href="">${safe(words.retry)}</a>
</main>
<script nonce="${nonce}">addEventListener('online', () => location.reload());</script>
</body>
</html>`;
}

const safe = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Never makes it: what it looks like is the pages' business. */
function openDatabase() {
  return new Promise((resolve) => {
    const request = indexedDB.open('bihuan');
    request.onupgradeneeded = () => request.transaction.abort();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  });
}

const answerOf = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
