/** Limits of an entity id (semantics, section 1): 1 to 512 characters, no control characters. */
export const MAX_ID_LENGTH = 512;

/** Ids that begin with this are made by Tendril itself (api, section 2). */
export const OWN_PREFIX = 'tendril/';

/** The source under which an export gives what cases provisioned. */
export const OWN_SOURCE = 'tendril';

/** What is wrong with `id` as an id, or undefined where nothing is. Length is counted in code points. */
export function idProblem(id: string): string | undefined {
  if (id.length === 0) return 'an id is empty';
  if (id.length > MAX_ID_LENGTH && [...id].length > MAX_ID_LENGTH) {
    return `an id is longer than ${MAX_ID_LENGTH} characters`;
  }
  if (/\p{Cc}/u.test(id)) return 'an id has a control character';
  if (!id.isWellFormed()) return 'an id is not well-formed Unicode';
  return undefined;
}
