import type { DocumentWrite, Journal } from '../../store/journal.js';

/**
 * Where the journal keeps which action each signed message was for. A signature does not say that, and whoever saw one
 * could send it again for every other action of the same source, to whichever instance had not heard it; to the same
 * action it may come as often as it likes.
 */
const HEARD = 'call-back';

export const heardDocument = (message: string, idempotencyKey: string): DocumentWrite => ({
  collection: HEARD,
  key: message,
  body: { action: idempotencyKey },
});

/** The key of the action that a message was for; undefined where nobody has heard it. */
export async function heardFor(journal: Journal, message: string): Promise<string | undefined> {
  const [found] = await journal.documents(HEARD, [message]);
  return found?.body.action as string | undefined;
}
