import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { type Config, ConfigError } from '../config.js';
import { AccessTokens } from '../http/oidc/access-tokens.js';
import { readRoleMap } from '../http/oidc/role-map.js';
import { makeToken } from '../http/tokens.js';
import { TendrilError } from '../model/errors.js';
import type { Role } from '../model/roles.js';
import type { TokenEntry } from '../model/token-file.js';

/** A token made for this start only. */
export interface StartToken {
  readonly token: string;
  /** What it is for, in words. */
  readonly may: string;
  readonly roles: readonly Role[];
}

/**
 * Sign-in by the configured issuer; null where there is none.
 *
 * @param log hears when the issuer cannot be asked, and when it can again; left out: nobody does
 * @throws ConfigError for its file of roles
 */
export function accessTokensOf({ oidc }: Config, log?: Logger): AccessTokens | null {
  if (oidc === null) return null;
  let text: string;
  try {
    text = readFileSync(oidc.roles, 'utf8');
  } catch {
    throw new ConfigError(`TENDRIL_ROLES names the file ${oidc.roles}, which cannot be read.`);
  }
  try {
    const hear = log && tellOf(oidc.issuer, log);
    return new AccessTokens({ ...oidc, roles: readRoleMap(text, oidc.roles) }, undefined, hear);
  } catch (error) {
    if (error instanceof TendrilError) throw new ConfigError(`TENDRIL_ROLES: ${error.message}`);
    throw error;
  }
}

/** What cannot be reached now may be there in a minute: it is no reason not to run. */
function tellOf(issuer: string, log: Logger): (trouble: unknown) => void {
  return (trouble) => {
    if (trouble === null) {
      log.info({ issuer }, 'the issuer of sign-ins answers again');
      return;
    }
    const { cause, message } = trouble as { cause?: { code?: unknown }; message?: unknown };
    log.warn(
      { issuer, why: cause?.code ?? message },
      'the issuer of sign-ins (TENDRIL_OIDC_ISSUER) cannot be asked for its keys; without keys nobody signs in by it, and those that are known are used for an hour',
    );
  };
}

/** The configured tokens; where no sign-in is configured at all, three for this start. */
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
