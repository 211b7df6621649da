import type { Order } from '../actuator.js';

/** The beginning of the type of the events. The number goes up when `data` changes its meaning. */
const TYPE = 'tendril.action.requested.v1';

/** The path, below the address of the service, to which a receiver later sends the result of an action. */
export const callbackPath = (idempotencyKey: string): string => `/webhooks/actions/${idempotencyKey}`;

/**
 * An order as an event of CloudEvents 1.0, in structured JSON. Its `id` is the idempotency key: an event may be sent
 * again, and is to be carried out once.
 */
export function envelope(order: Order, at: Date): Buffer {
  const { idempotencyKey, action, kind, entity, source, details, relationships, attempt } = order;
  const event = {
    specversion: '1.0',
    id: idempotencyKey,
    source: encodeURI(order.case),
    type: TYPE,
    subject: entity.id,
    time: at.toISOString(),
    datacontenttype: 'application/json',
    data: {
      idempotencyKey,
      case: order.case,
      action,
      kind,
      entity,
      source: { id: source.id, vendor: source.vendor },
      details,
      relationships,
      attempt,
      callback: callbackPath(idempotencyKey),
    },
  };
  return Buffer.from(JSON.stringify(event));
}

/** The media type of structured CloudEvents in JSON. */
export const CONTENT_TYPE = 'application/cloudevents+json; charset=utf-8';
