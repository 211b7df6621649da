import type { DocumentWrite, Journal } from '../../store/journal.js';
import type { CaseAction } from '../case/case-action.js';

/** The collection of the journal that maps idempotency keys to actions, for sources that call back. */
const ORDERS = 'order';

/** The place of an action: its case, and its position there. */
export interface ActionPlace {
  readonly case: string;
  readonly position: number;
}

/** The document that maps the idempotency key of an action to its place. */
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
