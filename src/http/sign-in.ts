import type { RequestHandler } from 'express';
import { TendrilError } from '../model/errors.js';
import { factsOf } from './request.js';
import type { StaticTokens } from './tokens.js';

/** Lets nobody through who does not sign in with a token: `Authorization: Bearer …`. */
export function requireSignIn(tokens: StaticTokens): RequestHandler {
  return (request, _response, next) => {
    const [, token] = /^Bearer +([\x21-\x7e]+) *$/i.exec(request.header('authorization') ?? '') ?? [];
    const viewer = token === undefined ? undefined : tokens.viewerOf(token);
    if (viewer === undefined) {
      const message =
        'Sign in: send the header "Authorization: Bearer <token>" with a token of this service.';
      throw new TendrilError('UNAUTHENTICATED', message);
    }
    factsOf(request).viewer = viewer;
    next();
  };
}
