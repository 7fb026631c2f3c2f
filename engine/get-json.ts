/** One GET for JSON over the wire, to an allowed host, within its time and size. Redirects are not followed: the configuration has the final address. */
import http from 'node:http';
import https from 'node:https';
import { type AllowedHosts, PrivateAddressError } from './allowed-hosts.ts';

export type Got =
  | { readonly kind: 'answered'; readonly status: number /** Null where it is no JSON. */; readonly body: unknown }
  | { readonly kind: 'failed'; readonly reason: GetFailure };

export type GetFailure = 'host-not-allowed' | 'private-address' | 'unreachable' | 'too-late' | 'too-long';

export interface GetLimits {
  readonly hosts: AllowedHosts;
  readonly bytesMax: number;
  /** For all of it, from the first packet to the last. */
  readonly timeMsMax: number;
}

export function getJson(url: URL, headers: Readonly<Record<string, string>>, { hosts, bytesMax, timeMsMax }: GetLimits): Promise<Got> {
  if (hosts.refuse(url) !== null) return Promise.resolve({ kind: 'failed', reason: 'host-not-allowed' });
  return new Promise((resolve) => {
    const module = url.protocol === 'https:' ? https : http;
    // A connection for each call: none is kept that was checked for another.
    const sent = module.request(url, { headers: { ...headers, 'accept-encoding': 'identity' }, agent: false, lookup: hosts.lookup });
    const end = (got: Got): void => {
      clearTimeout(timer);
      resolve(got);
      sent.destroy();
    };
    const timer = setTimeout(() => end({ kind: 'failed', reason: 'too-late' }), timeMsMax);
    sent.on('error', (error) => end({ kind: 'failed', reason: error instanceof PrivateAddressError ? 'private-address' : 'unreachable' }));
    sent.once('response', (response) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      response.on('data', (part: Buffer) => {
        bytes += part.length;
        parts.push(part);
        if (bytes > bytesMax) end({ kind: 'failed', reason: 'too-long' });
      });
      response.once('error', () => end({ kind: 'failed', reason: 'unreachable' }));
      response.once('end', () => end({ kind: 'answered', status: response.statusCode ?? 0, body: parsed(Buffer.concat(parts)) }));
    });
    sent.end();
  });
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}
