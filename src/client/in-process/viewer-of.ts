import { userInfo } from 'node:os';
import type { Viewer } from '../../api/access/access.js';
import { type Config, ConfigError } from '../../config.js';
import { StaticTokens } from '../../http/tokens.js';
import { TendrilError } from '../../model/errors.js';
import { ROLES } from '../../model/roles.js';

/**
 * The person who acts on a local store: the subject of `TENDRIL_TOKEN`, else the user of the operating system. That
 * user has every role, because they could change the store's file with any other tool as well. A token that is only for
 * the service at `TENDRIL_URL` does not count: what runs on this machine in any case would not know its subject.
 *
 * @throws ConfigError for a token where no tokens are configured; UNAUTHENTICATED for an unknown token;
 *   UNAVAILABLE where the issuer of an access token cannot be reached
 */
export async function viewerOf(config: Config): Promise<Viewer> {
  const { token, tokens, oidc, url } = config;
  const nobodyKnown = tokens === null && oidc === null;
  // Beside a service's address, where nothing here knows tokens, the token is one of that service.
  const isOfService = url !== null && nobodyKnown;
  if (token === null || isOfService) {
    return { subject: systemUser(), roles: ROLES, signedInBy: 'os-user' };
  }
  if (nobodyKnown) {
    throw new ConfigError(
      'TENDRIL_TOKEN is set, and TENDRIL_TOKENS does not say whose it is; set both, or neither.',
    );
  }
  const viewer = new StaticTokens(tokens ?? []).viewerOf(token) ?? (await ofIssuer(config, token));
  if (viewer !== undefined) return viewer;
  const message =
    'TENDRIL_TOKEN is none of the tokens in the file that TENDRIL_TOKENS names; set one that is.';
  throw new TendrilError('UNAUTHENTICATED', message);
}

/** What checks the tokens of an issuer takes long to load, and most stores are used without one. */
async function ofIssuer(config: Config, token: string): Promise<Viewer | undefined> {
  if (config.oidc === null) return undefined;
  const { isSigned } = await import('../../http/oidc/access-tokens.js');
  if (!isSigned(token)) return undefined;
  const { accessTokensOf } = await import('../../main/sign-in.js');
  return accessTokensOf(config)?.viewerOf(token);
}

/** A container may run under a number that has no name. */
function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
