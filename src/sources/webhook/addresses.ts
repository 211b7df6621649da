import { type LookupAddress, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Thrown where a host name resolves to an address to which nothing may be sent. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
}

/**
 * Whether an address is public. Private, link-local, loopback, multicast and other special addresses (the IANA
 * special-purpose registries) are not: a web hook to one of them would reach services that only this machine or its
 * network may reach, such as a cloud's metadata service.
 */
export function isPublic(address: string): boolean {
  // An IPv4 address that is mapped to an IPv6 one is judged as the IPv4 address.
  return ipaddr.process(address).range() === 'unicast';
}

/**
 * Looks up a host as Node does, and refuses special addresses. It does so at the moment of connecting, so that a name
 * cannot resolve to another address after it was checked.
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, '', 0);
    const special = addresses.find(({ address }) => !isPublic(address));
    if (special !== undefined) return callback(forbidden(hostname), '', 0);
    if (options.all === true) return callback(null, addresses);
    const [first] = addresses as [LookupAddress];
    callback(null, first.address, first.family);
  });
};

/** Checks a host that is written as an IP address, which is never looked up. @throws ForbiddenAddress */
export function refuseSpecial(hostname: string): void {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) !== 0 && !isPublic(bare)) throw forbidden(bare);
}

function forbidden(host: string): ForbiddenAddress {
  return new ForbiddenAddress(
    `${host} is a private, link-local or loopback address; set allowPrivate for this source in the file of TENDRIL_WEBHOOKS if that is meant`,
  );
}
