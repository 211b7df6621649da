import type { Viewer } from '../api/access/access.js';
import { TendrilError } from '../model/errors.js';
import { type AccessTokens, isSigned } from './oidc/access-tokens.js';
import type { StaticTokens } from './tokens.js';

const NO_TOKEN = 'Sign in: send the header "Authorization: Bearer <token>" with a token of this service.';
const UNKNOWN_TOKEN =
  'Nobody here has that token: it was taken away, or printed by a start before this one. Send another.';

/** The ways to sign in: static tokens, and access tokens of an OpenID Connect issuer. */
export class SignIn {
  /** @param accessTokens null: no issuer is configured */
  constructor(
    private readonly tokens: StaticTokens,
    private readonly accessTokens: AccessTokens | null = null,
  ) {}

  /**
   * The person or program that the value of an `Authorization` header, `Bearer …`, speaks for. A request has it as a
   * header; a connection that stays open sends the same text when it begins.
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

  /** False where an issuer is configured and the last try to read its keys failed. */
  get issuerReached(): boolean {
    return this.accessTokens?.issuerReached ?? true;
  }

  /** The holder of the static token in the header; undefined where it has none. The issuer is not asked. */
  holderOf(authorization: string | undefined): Viewer | undefined {
    const token = tokenIn(authorization);
    return token === undefined ? undefined : this.tokens.viewerOf(token);
  }
}

function tokenIn(authorization: string | undefined): string | undefined {
  return /^Bearer +([\x21-\x7e]+) *$/i.exec(authorization ?? '')?.[1];
}
