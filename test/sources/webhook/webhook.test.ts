import { afterEach, describe, expect, test } from '@jest/globals';
import type { Order } from '../../../src/sources/actuator.js';
import { signatureFlaw } from '../../../src/sources/webhook/signature.js';
import { WebhookActuator } from '../../../src/sources/webhook/webhook.js';
import type { Webhook } from '../../../src/sources/webhook/webhooks.js';
import { KEY, type Receiver, receiver } from './receiver.js';

const clock = { now: () => Date.parse('2026-11-23T09:00:00.000Z') };
const actuator = (webhook: Webhook) => new WebhookActuator(new Map([[webhook.source, webhook]]), clock);
const never = new AbortController().signal;
let open: Receiver | undefined;

afterEach(async () => {
  await open?.close();
  open = undefined;
});

const order: Order = {
  idempotencyKey: 'a'.repeat(64),
  case: 'tendril/case/1',
  action: '3/REVOKE_TOKEN/github:acme/pat/1',
  kind: 'REVOKE_TOKEN',
  entity: { id: 'github:acme/pat/1', kind: 'Token', name: 'deploy', externalId: '77' },
  source: { id: 'github:acme', vendor: 'github', actuation: 'WEBHOOK' },
  details: { family: null },
  relationships: [],
  attempt: 1,
};

async function answered(
  status: number,
  headers: Record<string, string> = {},
  body = '',
  instead: { readonly allowPrivate?: boolean } = {},
) {
  open = await receiver((response) => response.writeHead(status, headers).end(body));
  return actuator({ ...open.webhook, ...instead }).act(order, never);
}

describe('an action sent to a receiver', () => {
  test('is an event of CloudEvents 1.0, signed, under its idempotency key', async () => {
    await answered(200);
    const [{ headers, body } = { headers: {}, body: Buffer.alloc(0) }] = open?.calls ?? [];
    expect(headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    expect(headers['idempotency-key']).toBe(order.idempotencyKey);
    const event = JSON.parse(body.toString()) as Record<string, unknown>;
    expect(event).toMatchObject({
      specversion: '1.0',
      id: order.idempotencyKey,
      source: 'tendril/case/1',
      type: 'tendril.action.requested.v1',
      subject: 'github:acme/pat/1',
      time: '2026-11-23T09:00:00.000Z',
      datacontenttype: 'application/json',
    });
    expect(event.data).toMatchObject({ kind: 'REVOKE_TOKEN', entity: order.entity, attempt: 1 });
    const claimed = {
      id: String(headers['webhook-id']),
      timestamp: String(headers['webhook-timestamp']),
      signature: String(headers['webhook-signature']),
    };
    const now = Date.now() / 1000;
    expect(signatureFlaw(KEY, claimed, body, now)).toBeNull();
    expect(signatureFlaw(Buffer.alloc(32, 8), claimed, body, now)).toContain('not that of the secret');
    expect(signatureFlaw(KEY, claimed, Buffer.concat([body, Buffer.from(' ')]), now)).toContain('not that');
  });

  test('is done with any 2xx, and already done when its body says so', async () => {
    const body = JSON.stringify({ status: 'already_gone', reference: 'req-1', externalId: 'sa-9' });
    expect(await answered(200, {}, body)).toEqual({
      outcome: 'DONE',
      proof: 'ACKNOWLEDGED',
      reference: 'req-1',
      already: true,
      externalId: 'sa-9',
    });
    await open?.close();
    expect(await answered(204, { 'x-request-id': 'r2' })).toMatchObject({
      outcome: 'DONE',
      already: false,
      reference: 'r2',
    });
  });

  test('has begun with 202', async () => {
    expect(await answered(202, {}, '{"reference":"job-5"}')).toEqual({
      outcome: 'BEGUN',
      reference: 'job-5',
    });
  });

  test.each([
    [429, { 'retry-after': '120' }, 120_000],
    [503, {}, null],
    [500, { 'retry-after': 'nonsense' }, null],
  ])('is tried again after %i', async (status, headers, after) => {
    expect(await answered(status, headers)).toMatchObject({ outcome: 'RETRY', after });
  });

  test.each([400, 401, 404, 410, 301, 308])('is refused by %i, and that is said', async (status) => {
    const answer = await answered(status, { location: 'http://127.0.0.1:1/' }, '{"error":"no such\\nthing"}');
    expect(answer).toEqual({ outcome: 'REFUSED', why: `the receiver answered ${status}: no such thing` });
    expect(open?.calls).toHaveLength(1);
  });

  test('is tried again where nobody listens, and where the answer breaks off or never ends', async () => {
    open = await receiver((response) => response.destroy());
    const broken = actuator(open.webhook);
    expect(await broken.act(order, never)).toMatchObject({ outcome: 'RETRY' });
    await open.close();
    expect(await broken.act(order, never)).toMatchObject({ outcome: 'RETRY' });
    open = await receiver((response) => response.writeHead(200).end('x'.repeat(100_000)));
    expect(await actuator(open.webhook).act(order, never)).toMatchObject({
      outcome: 'RETRY',
    });
  });

  test('never leaves for an address of this machine or its network unless that is allowed', async () => {
    const refused = await answered(200, {}, '', { allowPrivate: false });
    expect(refused).toMatchObject({ outcome: 'REFUSED' });
    expect((refused as { why: string }).why).toContain('allowPrivate');
    const byName = { ...open!.webhook, url: new URL(open!.webhook.url), allowPrivate: false };
    byName.url.hostname = 'localhost';
    expect(await actuator(byName).act(order, never)).toMatchObject({ outcome: 'REFUSED' });
    expect(open?.calls).toHaveLength(0);
  });

  test('is refused for a source that has no receiver, and that is said', async () => {
    const answer = await new WebhookActuator(new Map(), clock).act(order, never);
    expect(answer).toMatchObject({ outcome: 'REFUSED', why: expect.stringContaining('github:acme') });
  });

  test('is given up when nobody wants it any more', async () => {
    open = await receiver(() => {});
    const controller = new AbortController();
    const acting = actuator(open.webhook).act(order, controller.signal);
    controller.abort(new Error('stop'));
    await expect(acting).rejects.toThrow('stop');
  });
});
