'use client';

/** The last resort, when even the frame of the pages failed: no styles, no messages, both languages. */
export default function GlobalError({ retry }: { readonly error: unknown; readonly retry: () => void }) {
  return (
    <html lang="zh-CN">
      <body style={{ fontFamily: 'system-ui, sans-serif', textAlign: 'center', paddingTop: '20vh' }}>
        <h1>出了点意外 · Something went wrong</h1>
        <p>什么都没有改变，请重试。Nothing was changed; please try again.</p>
        <button type="button" onClick={retry} style={{ padding: '10px 24px', fontSize: 16 }}>
          重试 · Try again
        </button>
      </body>
    </html>
  );
}
