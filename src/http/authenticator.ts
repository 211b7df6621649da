import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Viewer } from '../api/access/access.js';
import type { Limits } from '../api/limits/limits.js';
import { TendrilError } from '../model/errors.js';
import { FailedSignIns } from './failed-sign-ins.js';
import { factsOf } from './request.js';
import type { SignIn } from './sign-in.js';

/**
 * Signs callers in, for requests and for connections that stay open. It limits how often an address may fail, and
 * writes into the log why a sign-in was refused; the log never has the token.
 */
export class Authenticator {
  private readonly failed: FailedSignIns;

  constructor(
    private readonly signIn: SignIn,
    limits: Limits,
    private readonly log: Logger,
  ) {
    this.failed = new FailedSignIns(limits);
  }

  /**
   * @param authorization the value of an `Authorization` header; undefined where none was sent
   * @param address the IP address of the caller
   * @throws what `SignIn.viewerOf` throws; RATE_LIMITED where the address has failed too often
   */
  async authenticate(authorization: string | undefined, address: string, requestId: string): Promise<Viewer> {
    try {
      const check = () => this.signIn.viewerOf(authorization);
      // A static token is checked here alone, so the failures of other callers at its address do not count for it.
      const holder = this.signIn.holderOf(authorization);
      if (holder !== undefined) return holder;
      // A request without a token is no failed attempt.
      return authorization === undefined
        ? await check()
        : await this.failed.signIn(authorization, address, check);
    } catch (error) {
      logRefusal(error, requestId, this.log);
      throw error;
    }
  }
}

/** Refuses every request that does not sign in, and keeps the viewer of the others with the request's facts. */
export function requireSignIn(authenticator: Authenticator): RequestHandler {
  return async (request, _response, next) => {
    const facts = factsOf(request);
    const address = request.socket.remoteAddress ?? '';
    facts.viewer = await authenticator.authenticate(
      request.header('authorization'),
      address,
      facts.requestId,
    );
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
