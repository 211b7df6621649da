import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Viewer } from '../api/access.js';
import type { Limits } from '../api/limits.js';
import { TendrilError } from '../model/errors.js';
import { FailedSignIns } from './failed-sign-ins.js';
import { type AccessTokens, isSigned } from './oidc/access-tokens.js';
import { factsOf } from './request.js';
import type { StaticTokens } from './tokens.js';

/** The ways to sign in, side by side. */
export class SignIn {
  /** @param accessTokens null: no issuer is configured */
  constructor(
    private readonly tokens: StaticTokens,
    private readonly accessTokens: AccessTokens | null = null,
  ) {}

  /**
   * Whom the value of an `Authorization` header speaks for: `Bearer …`. Requests have it as their header; a
   * connection that stays open sends the same text when it begins.
   *
   * @throws UNAUTHENTICATED; FORBIDDEN for a sign-in without any role; UNAVAILABLE where the issuer of sign-ins
   *   cannot be asked
   */
  async viewerOf(authorization: string | undefined): Promise<Viewer> {
    const known = this.holderOf(authorization);
    if (known !== undefined) return known;
    const token = tokenIn(authorization);
    if (token !== undefined && this.accessTokens !== null && isSigned(token)) {
      return this.accessTokens.viewerOf(token);
    }
    const message = 'Sign in: send the header "Authorization: Bearer <token>" with a token of this service.';
    throw new TendrilError('UNAUTHENTICATED', message);
  }

  /** Whose static token the header has; undefined for nobody's. Nothing is asked of anybody for it. */
  holderOf(authorization: string | undefined): Viewer | undefined {
    const token = tokenIn(authorization);
    return token === undefined ? undefined : this.tokens.viewerOf(token);
  }
}

function tokenIn(authorization: string | undefined): string | undefined {
  return /^Bearer +([\x21-\x7e]+) *$/i.exec(authorization ?? '')?.[1];
}

/** Lets nobody through who does not sign in. The log has why, and never the token. */
export function requireSignIn(signIn: SignIn, limits: Limits, log: Logger): RequestHandler {
  const failed = new FailedSignIns(limits);
  return async (request, _response, next) => {
    const facts = factsOf(request);
    const authorization = request.header('authorization');
    try {
      const check = () => signIn.viewerOf(authorization);
      const address = request.socket.remoteAddress ?? '';
      // A static token is known without asking anybody: the failures of others at its address do not count for it.
      const holder = signIn.holderOf(authorization);
      // Who sends nothing has not tried.
      const tries = holder === undefined && authorization !== undefined;
      facts.viewer = holder ?? (tries ? await failed.signIn(authorization, address, check) : await check());
    } catch (error) {
      logRefusal(error, facts.requestId, log);
      throw error;
    }
    next();
  };
}

function logRefusal(error: unknown, requestId: string, log: Logger): void {
  if (!(error instanceof TendrilError) || error.cause === undefined) return;
  const { code, message } = error.cause as { code?: unknown; message?: unknown };
  const line = { requestId, code: error.code, why: code, what: message };
  if (error.code === 'UNAVAILABLE') log.warn(line, 'sign-in could not be checked');
  else log.info(line, 'sign-in refused');
}
