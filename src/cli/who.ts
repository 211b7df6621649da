import { userInfo } from 'node:os';
import { mayAct, type Viewer } from '../api/access/access.js';
import { type Config, ConfigError } from '../config.js';
import { isSigned } from '../http/oidc/access-tokens.js';
import { StaticTokens } from '../http/tokens.js';
import { accessTokensOf } from '../main/sign-in.js';
import { TendrilError } from '../model/errors.js';
import { ROLES, type Role } from '../model/roles.js';

/**
 * As whom the command line acts: the subject of `TENDRIL_TOKEN`, else the user of the operating system, who
 * has every role: whoever may open the store's file could change it with any other tool as well.
 *
 * @throws ConfigError for a token without anything that knows tokens; UNAUTHENTICATED for one that nobody knows;
 *   UNAVAILABLE where the issuer of an access token cannot be asked
 */
export async function viewerOf(config: Config): Promise<Viewer> {
  if (config.token === null) return { subject: systemUser(), roles: ROLES, signedInBy: 'os-user' };
  if (config.tokens === null && config.oidc === null) {
    throw new ConfigError(
      'TENDRIL_TOKEN is set, and TENDRIL_TOKENS does not say whose it is; set both, or neither.',
    );
  }
  const viewer = new StaticTokens(config.tokens ?? []).viewerOf(config.token);
  if (viewer !== undefined) return viewer;
  const accessTokens = isSigned(config.token) ? accessTokensOf(config) : null;
  if (accessTokens !== null) return accessTokens.viewerOf(config.token);
  const message =
    'TENDRIL_TOKEN is none of the tokens in the file that TENDRIL_TOKENS names; set one that is.';
  throw new TendrilError('UNAUTHENTICATED', message);
}

/** A container may run under a number that has no name. */
function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}

/**
 * @throws FORBIDDEN where a viewer has none of the roles
 */
export function permit(viewer: Viewer, roles: readonly Role[]): void {
  if (mayAct(viewer, roles)) return;
  const message = `This is for the roles ${roles.join(', ')}, and ${viewer.subject} has none of them; ask somebody who has.`;
  throw new TendrilError('FORBIDDEN', message);
}
