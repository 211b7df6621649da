import { Neo4jError } from 'neo4j-driver';
import { TendrilError, unavailable } from '../../model/errors.js';
import type { Revision } from '../../model/revision.js';

/** The errors of the driver and the server, as sentences that name the remedy. No sentence contains a password. */

/** By the beginning of a status code (https://neo4j.com/docs/status-codes/5/); the first that fits. */
const SENTENCES: readonly (readonly [code: string, sentence: (place: string) => string])[] = [
  [
    'Neo.ClientError.Security.AuthenticationRateLimit',
    (place) =>
      `The Neo4j store ${place} refuses to be signed in to for a while, after wrong passwords; set ` +
      'TENDRIL_NEO4J_PASSWORD to the right one and try again in a minute.',
  ],
  [
    'Neo.ClientError.Security.CredentialsExpired',
    (place) =>
      `The Neo4j store ${place} wants its first password changed; change it there and set TENDRIL_NEO4J_PASSWORD.`,
  ],
  [
    'Neo.ClientError.Security.Forbidden',
    (place) =>
      `The user of the Neo4j store ${place} may not do that; give it the right to, or name another one in ` +
      'TENDRIL_NEO4J_USER.',
  ],
  [
    'Neo.ClientError.Security',
    (place) =>
      `The Neo4j store ${place} does not know this user with this password; set TENDRIL_NEO4J_USER and ` +
      'TENDRIL_NEO4J_PASSWORD.',
  ],
  [
    'Neo.ClientError.Database',
    (place) =>
      `The Neo4j store ${place} has no such database; set TENDRIL_NEO4J_DATABASE to one that it has, or leave ` +
      'it out for the one it opens by itself.',
  ],
  [
    'Neo.ClientError.Cluster.NotALeader',
    (place) =>
      `The Neo4j server ${place} is not the one that writes; set TENDRIL_STORE to a neo4j:// address, which ` +
      'finds it.',
  ],
  [
    'Neo.ClientError.Transaction.TransactionTimedOut',
    (place) =>
      `The Neo4j store ${place} took too long and gave up; try again when it has less to do, or ask for less.`,
  ],
  ['Neo.ClientError.Transaction.', ended],
  [
    'Neo.ClientError.General',
    (place) => `The Neo4j store ${place} refuses to do that; look at its own log for the reason.`,
  ],
  [
    'Neo.TransientError',
    (place) => `The Neo4j store ${place} is too busy or is changing its leader; try again in a moment.`,
  ],
  ['Neo.DatabaseError', (place) => `The Neo4j store ${place} failed; look at its own log, then try again.`],
];

/** For a server that is stopping, or whose administrator ended the transaction. */
function ended(place: string): string {
  return `The Neo4j store ${place} ended a transaction before it was done; try again in a moment.`;
}

/** The message of the driver, which has no code, for an answer in a protocol other than Bolt. */
const OTHER_PROTOCOL = /^(Server responded HTTP|Unknown Bolt protocol)/;

const UNREACHABLE = ['ServiceUnavailable', 'SessionExpired', 'N/A', 'ProtocolError'];

/** Translates the errors of Neo4j into errors of the product, here and nowhere else; other errors pass unchanged. */
export function asTendrilError(error: unknown, place: string): unknown {
  if (error instanceof TendrilError || !(error instanceof Neo4jError)) return error;
  if (OTHER_PROTOCOL.test(error.message)) return otherProtocol(place, error);
  if (UNREACHABLE.includes(error.code)) return unreachable(place, error);
  const found = SENTENCES.find(([code]) => error.code.startsWith(code));
  return found === undefined ? error : unavailable(found[1](place), error);
}

function otherProtocol(place: string, cause: unknown): TendrilError {
  return unavailable(
    `What listens at ${place} is no Neo4j of version 5 or later; set TENDRIL_STORE to the Bolt port of one (7687, ` +
      'where nobody has changed it).',
    cause,
  );
}

/** With `+s` or `+ssc` the server may run without TLS: the driver cannot tell that from a server that is not there. */
export function unreachable(place: string, cause?: unknown): TendrilError {
  if (/^\w+\+/.test(place)) {
    return unavailable(
      `The Neo4j store ${place} cannot be reached by an encrypted connection; start it, or set TENDRIL_STORE to ` +
        'where it is, with bolt:// or neo4j:// if it has no certificate, and +ssc if nobody has signed that.',
      cause,
    );
  }
  return unavailable(
    `The Neo4j store ${place} cannot be reached; start it, or set TENDRIL_STORE to where it is.`,
    cause,
  );
}

/** For a server, or a network, that takes requests and does not answer. */
export function silent(place: string): TendrilError {
  return unavailable(
    `The Neo4j store ${place} does not answer; look whether it runs and can be reached, then try again.`,
  );
}

/** For a commit whose answer was lost, while the server cannot be asked for the outcome. */
export function unknownOutcome(place: string, revision: Revision, cause: unknown): TendrilError {
  return unavailable(
    `The Neo4j store ${place} was lost while revision ${revision} was being committed, and it is not known whether ` +
      'it was; look at the store when it is back, or do it again: what was imported already changes nothing.',
    cause,
  );
}

export function closed(place: string, cause?: unknown): TendrilError {
  return unavailable(`The Neo4j store ${place} was closed; open it again.`, cause);
}

/** For a writer whose lease ran out and was taken by another one. */
export function leaseLost(place: string): TendrilError {
  return unavailable(
    `Another writer took over the Neo4j store ${place}, because this one paused for too long; nothing of its ` +
      'draft was kept: write it again.',
  );
}
