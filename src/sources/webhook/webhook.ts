import type { Clock } from '../../model/clock.js';
import type { Actuator, Answer, Order } from '../actuator.js';
import { ForbiddenAddress } from './addresses.js';
import { type AroundCall, call } from './call.js';
import { envelope } from './envelope.js';
import { outcomeOf } from './outcome.js';
import type { Webhook } from './webhooks.js';

/** The `actuation` of sources that are acted on by web hooks. */
export const WEBHOOK = 'WEBHOOK';

/**
 * Sends each order to a receiver of the company, as an event of CloudEvents 1.0 with the order's idempotency key,
 * signed by Standard Webhooks.
 */
export class WebhookActuator implements Actuator {
  readonly reachesOut = true;

  /**
   * @param webhooks the receivers, by id of the source
   * @param around wraps each call; left out: calls are made as they are
   */
  constructor(
    private readonly webhooks: ReadonlyMap<string, Webhook>,
    private readonly clock: Clock,
    private readonly around: AroundCall = (call) => call(null),
  ) {}

  async act(order: Order, signal: AbortSignal): Promise<Answer> {
    const webhook = this.webhooks.get(order.source.id);
    if (webhook === undefined) return { outcome: 'REFUSED', why: nowhere(order.source.id) };
    const now = this.clock.now();
    const body = envelope(order, new Date(now));
    // Receivers judge a signature by the real time, so the real time is sent also where the service has a fixed clock.
    const at = Math.floor(Date.now() / 1000);
    try {
      const message = { id: order.idempotencyKey, body, at };
      const reply = await this.around((traceparent) => call(webhook, { ...message, traceparent }, signal));
      return outcomeOf(reply, Date.now());
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ForbiddenAddress) return { outcome: 'REFUSED', why: error.message };
      return { outcome: 'RETRY', why: `the receiver was not reached: ${said(error)}`, after: null };
    }
  }
}

/** Why an order is refused where its source has no receiver. */
export const nowhere = (source: string): string =>
  `the file of TENDRIL_WEBHOOKS has no entry for ${source}; add one, start again and resume the case`;

function said(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'it took too long';
  return 'code' in error ? `${String(error.code)}` : error.message;
}
