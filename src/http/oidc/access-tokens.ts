import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Viewer } from '../../api/access/access.js';
import { TendrilError } from '../../model/errors.js';
import type { Millis } from '../../model/time.js';
import { IssuerKeys, type KeyTimes } from './issuer-keys.js';
import { type RoleMap, rolesOf } from './role-map.js';

/** Where sign-ins come from and whom they are for. */
export interface Issuer {
  /** Exactly as tokens and the discovery document have it. */
  readonly issuer: string;
  /** What stands in `aud` of a token that is meant for this service. */
  readonly audience: string;
  readonly roles: RoleMap;
}

/** Signatures that only the issuer can make. Everything else, `none` and shared keys first of all, is refused. */
export const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** By how much the clocks of issuer and service may differ, in seconds. */
export const CLOCK_SKEW = 30;

/** Claims that only an ID token has (OpenID Connect Core 1.0, sections 2 and 3.3.2.11). */
const OF_ID_TOKENS = ['nonce', 'at_hash', 'c_hash'];

/** A subject is at most 255 ASCII characters (OpenID Connect Core 1.0, section 2); some issuers take longer. */
const SUBJECT = /^[^\p{Cc}]{1,512}$/u;

/** Whether a text has the form of a signed token. */
export function isSigned(token: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]*$/.test(token);
}

/**
 * Knows callers by access tokens of an OpenID Connect issuer (RFC 9068). Times are judged by the system's clock,
 * also where `TENDRIL_CLOCK` fixes that of the graph: a sign-in is no demonstration.
 */
export class AccessTokens {
  readonly #keys: IssuerKeys;

  /** @param hear hears why the issuer cannot be asked, once, and null once it can again */
  constructor(
    private readonly issuer: Issuer,
    times?: KeyTimes,
    hear?: (trouble: unknown) => void,
  ) {
    this.#keys = new IssuerKeys(issuer.issuer, times, hear);
  }

  /** False where the issuer could not be asked for its keys the last time. */
  get issuerReached(): boolean {
    return this.#keys.reached;
  }

  /** Asks the issuer for its keys before anybody signs in: whether it can be reached is known from the start. */
  begin(): void {
    this.#keys.begin();
  }

  end(): void {
    this.#keys.end();
  }

  /**
   * Whose token it is, and until when.
   *
   * @throws UNAUTHENTICATED for a token that is not good here, FORBIDDEN for one that gives no role, UNAVAILABLE
   *   where the issuer cannot be asked
   */
  async viewerOf(token: string): Promise<Viewer> {
    const claims = await this.#claimsOf(token).catch((error: unknown) => {
      throw error instanceof errors.JOSEError ? refused(error) : error;
    });
    const { sub = '', exp = 0 } = claims;
    if (!SUBJECT.test(sub)) throw refused(new errors.JWTInvalid('The subject is none.'));
    const roles = rolesOf(claims, this.issuer.roles);
    if (roles.length === 0) {
      const message =
        'Your sign-in is good, and nothing in it gives you a role here. Ask whoever runs this service for one.';
      throw new TendrilError('FORBIDDEN', message);
    }
    return {
      subject: sub,
      roles,
      signedInBy: 'oidc',
      expiresAt: ((exp + CLOCK_SKEW) * 1000) satisfies Millis,
    };
  }

  async #claimsOf(token: string): Promise<JWTPayload> {
    const { issuer, audience, roles } = this.issuer;
    // What is no token of this issuer at all is no reason to ask it for its keys.
    const { alg } = decodeProtectedHeader(token);
    if (!ALGORITHMS.includes(alg ?? '')) throw new errors.JOSEAlgNotAllowed('The algorithm is not allowed.');
    const unchecked = decodeJwt(token);
    if (unchecked.iss !== issuer) throw wrong(unchecked, 'iss');
    const { payload } = await jwtVerify(token, (header, input) => this.#keys.keyFor(header, input), {
      algorithms: ALGORITHMS,
      issuer,
      audience,
      typ: roles.tokenType ?? 'at+jwt',
      clockTolerance: CLOCK_SKEW,
      requiredClaims: ['sub', 'exp'],
    });
    const foreign = OF_ID_TOKENS.find((name) => name in payload);
    if (foreign !== undefined) throw wrong(payload, foreign);
    return payload;
  }
}

const wrong = (payload: JWTPayload, claim: string) =>
  new errors.JWTClaimValidationFailed(`unexpected "${claim}"`, payload, claim, 'check_failed');

const AGAIN = 'Sign in again, and send the access token that you are given for this service.';

/** What is told of a token that is not good. Why in all detail only the log says, and the token nobody. */
function refused(error: errors.JOSEError): TendrilError {
  return new TendrilError('UNAUTHENTICATED', `${reasonOf(error)} ${AGAIN}`, {}, { cause: error });
}

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'The sign-in has expired.';
  if (!(error instanceof errors.JWTClaimValidationFailed)) return 'The access token is not good.';
  switch (error.claim) {
    case 'nbf':
      return 'The sign-in is not valid yet; compare the clocks of issuer and service.';
    case 'aud':
      return 'The access token is for another service.';
    case 'iss':
      return 'The access token is from another issuer.';
    default:
      return 'This is no access token: it may be an ID token.';
  }
}
