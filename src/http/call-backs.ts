import express, { type RequestHandler } from 'express';
import type { Limits } from '../api/limits/limits.js';
import type { Services } from '../api/operation/services.js';
import { badInput, notFound } from '../model/errors.js';
import { actionsAt } from '../offboarding/case/case-documents.js';
import { placeOf } from '../offboarding/execute/by-key.js';
import { finishAction } from '../offboarding/execute/finish-action.js';
import { factsOf } from './request.js';

/** The hex digits of SHA-256, which is what an idempotency key is. */
const KEY = /^[0-9a-f]{64}$/;

/** Reads the body as bytes, because the signature covers the bytes. */
export function readCallBack({ callBackBytes }: Limits): RequestHandler {
  const read = express.raw({ limit: callBackBytes, type: () => true });
  return (request, response, next) => {
    factsOf(request).bodyLimit = 'callBackBytes';
    read(request, response, next);
  };
}

/**
 * `POST /webhooks/actions/{id}`: a source reports how an action ended that it had accepted before. There is no sign-in
 * here; the message is signed (Standard Webhooks) with the secret of the source. A message that is sent twice counts
 * once.
 */
export function callBackEndpoint({ caseContext, callBacks, runner }: Services): RequestHandler {
  return async (request, response) => {
    const key = String(request.params.id);
    const place = KEY.test(key) ? await placeOf(caseContext.store.journal, key) : undefined;
    const [action] =
      place === undefined ? [] : await actionsAt(caseContext.store.journal, place.case, [place.position]);
    if (action === undefined) throw notFound('No action has this key; use the `callback` of the event.');
    if (!Buffer.isBuffer(request.body))
      throw badInput('The call back has no body; send JSON with a `status`.');
    const { source } = action.action;
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
    );
    const { word, message } = callBacks.read(source, { headers, body: request.body });
    const actor = {
      subject: `webhook:${source}`,
      signedInBy: 'signature',
      requestId: factsOf(request).requestId,
    };
    await finishAction(caseContext, actor, key, word, message);
    runner.nudge();
    response.status(204).end();
  };
}
