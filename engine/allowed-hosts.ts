/**
 * Which hosts an HTTP call may reach. Diagrams and forms are written by people who are not the operators of the network they run in, so nothing is
 * reachable until the configuration lists it, and what lies in a private range only where that range or address is listed (OWASP,
 * Server Side Request Forgery Prevention). The address is checked at the moment of connecting, so a name cannot change its meaning
 * between the check and the call.
 */
import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

export interface AllowedHosts {
  /** Why this address of a URL may not be called, or null. */
  readonly refuse: (url: URL) => HostRefusal | null;
  /** Looks a name up and gives only the addresses that may be reached. */
  readonly lookup: LookupFunction;
}

export type HostRefusal = 'not-listed' | 'private-address';

/** Thrown by the look-up where a listed name leads into a private range that is not listed. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
}

/** Entries: `lab.example`, `lab.example:8443`, `*.hospital.example`, `10.1.2.3`, `10.20.0.0/16`, `[fd00::1]:8080`. */
export function allowedHosts(entries: readonly string[]): AllowedHosts {
  const names: { readonly name: string; readonly port: string | undefined }[] = [];
  const addresses: { readonly list: BlockList; readonly port: string | undefined }[] = [];
  for (const entry of entries) {
    const { host, port } = splitPort(entry);
    const [address = '', prefix] = host.split('/');
    const version = isIP(address);
    if (version === 0) {
      names.push({ name: host.toLowerCase(), port });
      continue;
    }
    const list = new BlockList();
    list.addSubnet(address, prefix === undefined ? (version === 4 ? 32 : 128) : Number(prefix), version === 4 ? 'ipv4' : 'ipv6');
    addresses.push({ list, port });
  }
  const isListed = (address: string, port?: string): boolean =>
    addresses.some((entry) => holds(entry.list, address) && (port === undefined || entry.port === undefined || entry.port === port));

  const lookup: LookupFunction = (hostname, options, callback) => {
    // All of them are asked for, and the caller's form of the answer is kept.
    dnsLookup(hostname, { ...(options as LookupOptions), all: true }, (error, found: LookupAddress[]) => {
      if (error) return callback(error, '', 0);
      const reachable = found.filter(({ address }) => !isPrivate(address) || isListed(address));
      const [first] = reachable;
      if (!first) return callback(new PrivateAddressError(`${hostname} leads into a private network.`), '', 0);
      return options.all ? callback(null, reachable) : callback(null, first.address, first.family);
    });
  };

  return {
    lookup,
    refuse(url) {
      const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
      const port = url.port || (url.protocol === 'https:' ? '443' : '80');
      if (isIP(host)) return isListed(host, port) ? null : isPrivate(host) ? 'private-address' : 'not-listed';
      return names.some((entry) => isNamed(host, entry.name) && (entry.port === undefined || entry.port === port)) ? null : 'not-listed';
    },
  };
}

function splitPort(entry: string): { readonly host: string; readonly port: string | undefined } {
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(entry);
  if (bracketed) return { host: bracketed[1] ?? '', port: bracketed[2] };
  if (isIP(entry.split('/')[0] ?? '') === 6) return { host: entry, port: undefined };
  const [host = '', port] = entry.split(':');
  return { host, port };
}

const isNamed = (host: string, name: string): boolean => (name.startsWith('*.') ? host.endsWith(name.slice(1)) : host === name);

const PRIVATE = new BlockList();
// RFC 6890 and its registry: what is not on the public internet, or not one host.
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  PRIVATE.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(network, prefix, 'ipv6');

const isPrivate = (address: string): boolean => holds(PRIVATE, address);

/** An IPv4 address that is written as an IPv6 one is what it stands for. */
function holds(list: BlockList, address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? unmapped(address);
  if (mapped) return list.check(mapped, 'ipv4');
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function unmapped(address: string): string | null {
  const match = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address);
  if (!match) return null;
  const [high, low] = [Number.parseInt(match[1] ?? '', 16), Number.parseInt(match[2] ?? '', 16)];
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}
