import type { DocumentWrite, Journal } from '../../store/journal.js';

/**
 * The collection of the journal that maps signed messages to actions. A signature does not cover the action, so that
 * somebody who saw a message could replay it for another action of the same source, on another instance. For the same
 * action a message may be repeated.
 */
const HEARD = 'call-back';

/** The document that maps a signed message to the idempotency key of its action. */
export const heardDocument = (message: string, idempotencyKey: string): DocumentWrite => ({
  collection: HEARD,
  key: message,
  body: { action: idempotencyKey },
});

/** The idempotency key of the action that a message was for; undefined for a new message. */
export async function heardFor(journal: Journal, message: string): Promise<string | undefined> {
  const [found] = await journal.documents(HEARD, [message]);
  return found?.body.action as string | undefined;
}
