import { type LookupAddress, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Thrown where a name leads to an address that nobody may be sent to. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
}

/**
 * Whether anybody on the internet could have this address. What is private, link-local, loopback, multicast or
 * otherwise special (the IANA special-purpose registries) is not: a web hook there would reach what only this
 * machine or its network should, such as a cloud's metadata service.
 */
export function isPublic(address: string): boolean {
  // An IPv4 address in the clothes of an IPv6 one is judged as what it is.
  return ipaddr.process(address).range() === 'unicast';
}

/**
 * Finds the address of a host as Node does, and refuses special ones: at the moment of connecting, so that a name
 * cannot lead elsewhere after it was looked at.
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

/** An address written as a number is never looked up. @throws ForbiddenAddress */
export function refuseSpecial(hostname: string): void {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) !== 0 && !isPublic(bare)) throw forbidden(bare);
}

function forbidden(host: string): ForbiddenAddress {
  return new ForbiddenAddress(
    `${host} is a private, link-local or loopback address; set allowPrivate for this source in the file of TENDRIL_WEBHOOKS if that is meant`,
  );
}
