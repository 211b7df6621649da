import type autocannon from 'autocannon';
import type { Body } from './mix.js';
import { addressOf, type MeasuredService, tagOf } from './service.js';

/**
 * Requests by POST.
 *
 * @param tokens of several subjects, so that no one of them asks more than a subject may; none: nobody signs in
 */
export function posts(bodies: readonly Body[], tokens: readonly string[], path = '/'): autocannon.Request[] {
  return bodies.map((body, at) => {
    const headers = { 'content-type': 'application/json' };
    const token = tokens[at % Math.max(1, tokens.length)];
    const signedIn = token === undefined ? headers : { ...headers, authorization: `Bearer ${token}` };
    return { method: 'POST', path, body: JSON.stringify(body), headers: signedIn };
  });
}

/** Requests by GET of somebody who has each answer already. */
export async function repeats(
  service: MeasuredService,
  bodies: readonly Body[],
): Promise<autocannon.Request[]> {
  const requests: autocannon.Request[] = [];
  for (const [at, body] of bodies.entries()) {
    const token = service.viewers[at % service.viewers.length] as string;
    const tag = await tagOf(service, body, token);
    const headers = { authorization: `Bearer ${token}`, 'if-none-match': tag };
    requests.push({ method: 'GET', path: addressOf(body), headers });
  }
  return requests;
}
