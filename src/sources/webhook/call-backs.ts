import { badInput, TendrilError } from '../../model/errors.js';
import type { CallBack, CallBacks, SignedMessage } from '../actuator.js';
import { type Said, saidIn } from './outcome.js';
import { signatureFlaw } from './signature.js';
import { Spent } from './spent.js';
import { nowhere } from './webhook.js';
import type { Webhook } from './webhooks.js';

/** Reads what receivers send back: signed with the secret of their source, as what was sent to them was. */
export function webhookCallBacks(webhooks: ReadonlyMap<string, Webhook>): CallBacks {
  const spent = new Spent();
  return {
    read(source, key, { headers, body }) {
      const webhook = webhooks.get(source);
      const flaw =
        webhook === undefined
          ? nowhere(source)
          : (flawOf(webhook, headers, body) ?? spentFlaw(spent, key, headers, body));
      if (flaw !== null) throw new TendrilError('UNAUTHENTICATED', `The call back is not believed: ${flaw}.`);
      return wordOf(saidIn(body.toString('utf8')));
    },
  };
}

function flawOf({ key }: Webhook, headers: SignedMessage['headers'], body: Buffer): string | null {
  const claimed = {
    id: headers['webhook-id'],
    timestamp: headers['webhook-timestamp'],
    signature: headers['webhook-signature'],
  };
  return signatureFlaw(key, claimed, body, Math.floor(Date.now() / 1000));
}

function spentFlaw(
  spent: Spent,
  key: string,
  headers: SignedMessage['headers'],
  body: Buffer,
): string | null {
  const { 'webhook-id': id = '', 'webhook-timestamp': timestamp = '' } = headers;
  if (spent.mayTell(key, id, timestamp, body)) return null;
  return 'the same message has ended another action; give each message a webhook-id of its own';
}

function wordOf({ status, error, ...said }: Said): CallBack {
  const [reference, externalId] = [said.reference ?? null, said.externalId ?? null];
  switch (status) {
    case 'done':
    case 'already_gone':
      return {
        outcome: 'DONE',
        already: status === 'already_gone',
        reference: reference ?? null,
        externalId,
      };
    case 'failed':
      return {
        outcome: 'REFUSED',
        why: `the receiver called back: ${error ?? 'it failed, without saying why'}`,
      };
    default:
      throw badInput(
        'A call back is JSON with a `status` of `done`, `already_gone` or `failed`; send one of them.',
      );
  }
}
