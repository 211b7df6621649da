import type { Client } from '../../client/client.js';
import { FindOffboardingDocument, type FindOffboardingQuery } from '../../documents/generated/graphql.js';
import { TendrilError } from '../../model/errors.js';

/** A case that somebody named. */
export type FoundCase = FindOffboardingQuery['findOffboarding'];

/** Ids of cases begin so; it may be left out on a command line. */
const PREFIX = 'tendril/case/';

/**
 * The case that somebody means: by its id, by the beginning of it, or by the id or email of the person who leaves,
 * whose newest case it is then.
 *
 * @throws NOT_FOUND, which says how one is planned where the person has none; BAD_INPUT where several are meant
 */
export async function findCase(client: Client, words: string): Promise<FoundCase> {
  try {
    return (await client.execute(FindOffboardingDocument, { by: words })).findOffboarding;
  } catch (error) {
    throw error instanceof TendrilError ? withCommand(error) : error;
  }
}

function withCommand(error: TendrilError): TendrilError {
  const { human } = error.details;
  if (error.code !== 'NOT_FOUND' || typeof human !== 'string') return error;
  const how = `plan one: tendril offboard plan ${human} --reason "…"`;
  return new TendrilError(error.code, error.message.replace(/plan one \(.*\)/, how));
}

/** The shortest words that name a case and can be typed: the id without what all ids begin with. */
export const shortId = (id: string): string => (id.startsWith(PREFIX) ? id.slice(PREFIX.length) : id);
