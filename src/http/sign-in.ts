import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Viewer } from '../api/access.js';
import type { Limits } from '../api/limits.js';
import { TendrilError } from '../model/errors.js';
import { FailedSignIns } from './failed-sign-ins.js';
import { type AccessTokens, isSigned } from './oidc/access-tokens.js';
import { factsOf } from './request.js';
import type { StaticTokens } from './tokens.js';

const NO_TOKEN = 'Sign in: send the header "Authorization: Bearer <token>" with a token of this service.';
const UNKNOWN_TOKEN =
  'Nobody here has that token: it was taken away, or printed by a start before this one. Send another.';

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
    throw new TendrilError('UNAUTHENTICATED', token === undefined ? NO_TOKEN : UNKNOWN_TOKEN);
  }

  /** False where there is an issuer, and it could not be asked for its keys the last time. */
  get issuerReached(): boolean {
    return this.accessTokens?.issuerReached ?? true;
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

/** Where callers come in, by request or by a connection that stays open. The log has why one does not, never the token. */
export class Door {
  private readonly failed: FailedSignIns;

  constructor(
    private readonly signIn: SignIn,
    limits: Limits,
    private readonly log: Logger,
  ) {
    this.failed = new FailedSignIns(limits);
  }

  /**
   * @param address where the caller comes from
   * @throws what `SignIn.viewerOf` throws; RATE_LIMITED where the address has failed too often
   */
  async enter(authorization: string | undefined, address: string, requestId: string): Promise<Viewer> {
    try {
      const check = () => this.signIn.viewerOf(authorization);
      // A static token is known without asking anybody: the failures of others at its address do not count for it.
      const holder = this.signIn.holderOf(authorization);
      if (holder !== undefined) return holder;
      // Who sends nothing has not tried.
      return authorization === undefined
        ? await check()
        : await this.failed.signIn(authorization, address, check);
    } catch (error) {
      logRefusal(error, requestId, this.log);
      throw error;
    }
  }
}

/** Lets nobody through who does not sign in. */
export function requireSignIn(door: Door): RequestHandler {
  return async (request, _response, next) => {
    const facts = factsOf(request);
    const address = request.socket.remoteAddress ?? '';
    facts.viewer = await door.enter(request.header('authorization'), address, facts.requestId);
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
