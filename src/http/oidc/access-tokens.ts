import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Viewer } from '../../api/access/access.js';
import { TendrilError } from '../../model/errors.js';
import type { Millis } from '../../model/time.js';
import { IssuerKeys, type KeyTimes } from './issuer-keys.js';
import { type RoleMap, rolesOf } from './role-map.js';

/** The issuer of sign-ins, and the audience that its tokens must have. */
export interface Issuer {
  /** The URL of the issuer, exactly as in tokens and in the discovery document. */
  readonly issuer: string;
  /** What `aud` of a token for this service has. */
  readonly audience: string;
  readonly roles: RoleMap;
}

/** Signature algorithms with a private key of the issuer. All others are refused, `none` and shared keys among them. */
export const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** How much the clocks of the issuer and the service may differ, in seconds. */
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
 * Finds callers by access tokens of an OpenID Connect issuer (RFC 9068). Whether a token has expired is checked by the
 * clock of the system, also where `TENDRIL_CLOCK` fixes the clock of the graph.
 */
export class AccessTokens {
  readonly #keys: IssuerKeys;

  /** @param hear is called once with the error when the issuer cannot be reached, and with null when it can again */
  constructor(
    private readonly issuer: Issuer,
    times?: KeyTimes,
    hear?: (trouble: unknown) => void,
  ) {
    this.#keys = new IssuerKeys(issuer.issuer, times, hear);
  }

  /** False where the last try to read the issuer's keys failed. */
  get issuerReached(): boolean {
    return this.#keys.reached;
  }

  /** Reads the issuer's keys before the first sign-in, so that it is known from the start whether it can be reached. */
  begin(): void {
    this.#keys.begin();
  }

  end(): void {
    this.#keys.end();
  }

  /**
   * The holder of a token, and until when the token is valid.
   *
   * @throws UNAUTHENTICATED for an invalid token, FORBIDDEN for one that gives no role, UNAVAILABLE where the issuer
   *   cannot be reached
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
        'Your sign-in is valid, but it gives you no role here. Ask whoever runs this service for one.';
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
    // A token of another issuer must not make the service read keys.
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

/** The error for an invalid token. Only the log has the details, and nothing has the token. */
function refused(error: errors.JOSEError): TendrilError {
  return new TendrilError('UNAUTHENTICATED', `${reasonOf(error)} ${AGAIN}`, {}, { cause: error });
}

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'The sign-in has expired.';
  if (!(error instanceof errors.JWTClaimValidationFailed)) return 'The access token is not valid.';
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
