import type { Logger } from 'pino';
import { readConfiguredFile } from '../config/read-file.js';
import type { Config } from '../config.js';
import { AccessTokens } from '../http/oidc/access-tokens.js';
import { readRoleMap } from '../http/oidc/role-map.js';
import { makeToken } from '../http/tokens.js';
import type { Role } from '../model/roles.js';
import type { TokenEntry } from '../model/token-file.js';

/** A token that is valid until the service stops. */
export interface StartToken {
  readonly token: string;
  /** What its holder may do, in words. */
  readonly may: string;
  readonly roles: readonly Role[];
}

/**
 * Sign-in by the configured issuer; null where there is none.
 *
 * @param log has a line when the issuer cannot be reached, and when it can again; left out: there is none
 * @throws ConfigError for the file of roles
 */
export function accessTokensOf({ oidc }: Config, log?: Logger): AccessTokens | null {
  if (oidc === null) return null;
  const roles = readConfiguredFile('TENDRIL_ROLES', oidc.roles, readRoleMap);
  return new AccessTokens({ ...oidc, roles }, undefined, log && hearIssuer(oidc.issuer, log));
}

/** An issuer that cannot be reached now may be back in a minute, so the service starts, and logs it. */
function hearIssuer(issuer: string, log: Logger): (trouble: unknown) => void {
  return (trouble) => {
    if (trouble === null) {
      log.info({ issuer }, 'the issuer of sign-ins answers again');
      return;
    }
    const { cause, message } = trouble as { cause?: { code?: unknown }; message?: unknown };
    log.warn(
      { issuer, why: cause?.code ?? message },
      'the issuer of sign-ins (TENDRIL_OIDC_ISSUER) cannot be reached; its known keys are used for an hour, and without keys its tokens are refused',
    );
  };
}

/** The configured tokens; where no sign-in is configured, three that are made at this start. */
export function tokensOf({ tokens, oidc }: Config): {
  known: readonly TokenEntry[];
  made: readonly StartToken[];
} {
  if (tokens !== null || oidc !== null) return { known: tokens ?? [], made: [] };
  const started = [
    {
      ...makeToken('planner', ['PLANNER', 'IMPORTER', 'OPERATOR', 'AUDITOR']),
      may: 'plans, imports, executes and audits',
    },
    { ...makeToken('approver', ['APPROVER']), may: 'approves' },
    { ...makeToken('viewer', ['VIEWER']), may: 'only reads' },
  ];
  return {
    known: started.map(({ entry }) => entry),
    made: started.map(({ token, may, entry }) => ({ token, may, roles: entry.roles })),
  };
}
