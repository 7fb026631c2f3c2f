import { type NextRequest, NextResponse } from 'next/server';

/**
 * Headers of every page. Scripts run only with this answer's nonce. Styles may be inline: the component library and the diagram
 * write style elements and attributes, which carry no code. Pages show health data and are therefore never stored.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  // A layout does not know its address; the way back after signing in needs it.
  headers.set('x-address', request.nextUrl.pathname + request.nextUrl.search);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('cache-control', 'no-store');
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('referrer-policy', 'same-origin');
  response.headers.set('permissions-policy', 'camera=(self), microphone=(), geolocation=(), payment=()');
  response.headers.set('cross-origin-opener-policy', 'same-origin');
  // The browser then tells the colour scheme of the system, so that the first page is already drawn in it.
  response.headers.set('accept-ch', 'Sec-CH-Prefers-Color-Scheme');
  response.headers.set('vary', 'Sec-CH-Prefers-Color-Scheme');
  return response;
}

function contentSecurityPolicy(nonce: string): string {
  const inDevelopment = process.env.NODE_ENV === 'development';
  return [
    "default-src 'self'",
    // React's development build evaluates strings for its error traces.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${inDevelopment ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    // Sounds and films that stand in a form itself.
    "media-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    // The service worker, which stands in for pages while there is no connection.
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export const config = {
  // Static files carry no personal data and may be cached; the API sets its own headers.
  matcher: ['/((?!_next/static|_next/image|api/|icon.svg|favicon.ico).*)'],
};
