import type { DocumentWrite, Journal } from '../../store/journal.js';
import type { CaseAction } from '../case/case-action.js';

/** Where the journal keeps which action an idempotency key names, for sources that call back. */
const ORDERS = 'order';

/** Which action of which case. */
export interface ActionPlace {
  readonly case: string;
  readonly position: number;
}

export const orderDocument = ({ idempotencyKey, case: id, position }: CaseAction): DocumentWrite => ({
  collection: ORDERS,
  key: idempotencyKey,
  body: { case: id, position },
});

/** The action that was asked for under a key; undefined where none was. */
export async function placeOf(journal: Journal, idempotencyKey: string): Promise<ActionPlace | undefined> {
  const [found] = await journal.documents(ORDERS, [idempotencyKey]);
  return found?.body as unknown as ActionPlace | undefined;
}
