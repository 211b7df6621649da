import { errorIn, notUnderstood } from './errors.js';

/** Sends a request to a path of the service, with the sign-in of the client. */
export type Send = (path: string, init: Sending) => Promise<Response>;

/** A request; a body that is made as it is sent has to say that nothing is read before its end. */
export type Sending = Omit<RequestInit, 'body'> & {
  readonly body?: string | AsyncIterable<Uint8Array>;
  readonly duplex?: 'half';
};

/** The JSON of an answer; undefined where it is something else. */
export async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

/** @throws the error that the service answered instead of what was asked for */
export async function requireOk(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw errorIn(await jsonOf(response)) ?? notUnderstood(new URL(response.url).origin, response.status);
}
