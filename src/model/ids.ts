/** The longest id of an entity, in characters (semantics, section 1). */
export const MAX_ID_LENGTH = 512;

/** The prefix of ids that Tendril itself makes (api, section 2). */
export const OWN_PREFIX = 'tendril/';

/** The source under which an export has what cases provisioned. */
export const OWN_SOURCE = 'tendril';

/** Why a text is no id of an entity; undefined where it is one. Its length is counted in code points. */
export function idProblem(id: string): string | undefined {
  if (id.length === 0) return 'an id is empty';
  if (id.length > MAX_ID_LENGTH && [...id].length > MAX_ID_LENGTH) {
    return `an id is longer than ${MAX_ID_LENGTH} characters`;
  }
  if (/\p{Cc}/u.test(id)) return 'an id has a control character';
  if (!id.isWellFormed()) return 'an id is not well-formed Unicode';
  return undefined;
}
