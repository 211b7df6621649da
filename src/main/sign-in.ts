import { readFileSync } from 'node:fs';
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

/** Sign-in by the configured issuer; null where there is none. @throws ConfigError for its file of roles */
export function accessTokensOf({ oidc }: Config): AccessTokens | null {
  if (oidc === null) return null;
  let text: string;
  try {
    text = readFileSync(oidc.roles, 'utf8');
  } catch {
    throw new ConfigError(`TENDRIL_ROLES names the file ${oidc.roles}, which cannot be read.`);
  }
  try {
    return new AccessTokens({ ...oidc, roles: readRoleMap(text, oidc.roles) });
  } catch (error) {
    if (error instanceof TendrilError) throw new ConfigError(`TENDRIL_ROLES: ${error.message}`);
    throw error;
  }
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
