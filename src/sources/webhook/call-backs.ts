import { createHash } from 'node:crypto';
import { badInput, TendrilError } from '../../model/errors.js';
import type { CallBack, CallBacks, SignedMessage } from '../actuator.js';
import { parseReplyBody, type ReplyBody } from './outcome.js';
import { signatureFlaw } from './signature.js';
import { nowhere } from './webhook.js';
import type { Webhook } from './webhooks.js';

/** Reads the call backs of receivers. They are signed with the secret of their source, as the orders to them are. */
export function webhookCallBacks(webhooks: ReadonlyMap<string, Webhook>): CallBacks {
  return {
    read(source, { headers, body }) {
      const webhook = webhooks.get(source);
      const flaw = webhook === undefined ? nowhere(source) : flawOf(webhook, headers, body);
      if (flaw !== null) throw new TendrilError('UNAUTHENTICATED', `The call back is not believed: ${flaw}.`);
      return { word: wordOf(parseReplyBody(body.toString('utf8'))), message: nameOf(headers, body) };
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

/** The SHA-256 of what a signature covers, in hex digits. It identifies the message. */
function nameOf(headers: SignedMessage['headers'], body: Buffer): string {
  const { 'webhook-id': id = '', 'webhook-timestamp': timestamp = '' } = headers;
  return createHash('sha256').update(`${id}.${timestamp}.`).update(body).digest('hex');
}

function wordOf({ status, error, ...said }: ReplyBody): CallBack {
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
