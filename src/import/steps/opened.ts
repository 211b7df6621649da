import type { RelationshipKey, RelationshipRecord } from '../../model/entity.js';
import { ruleOf } from '../../model/relationships.js';
import type { Place } from '../base/problems.js';
import type { ImportSession } from '../session/session.js';

/**
 * Notes a relationship that was not open before this import, for the rules about the graph after the import and for the
 * findings about cases.
 *
 * @param before the relationship in the store before this import
 */
export function opened(
  session: ImportSession,
  key: RelationshipKey,
  place: Place,
  before: RelationshipRecord | undefined,
): void {
  session.findings?.relationshipOpened(key, before, session.table.kindOf(key.from));
  const { role } = ruleOf(key.type);
  if (role === 'CONSENT') session.consents.opened(session, key.type, key.to, key.from, place);
  else if (role === 'CONSENT_TARGET') session.consents.opened(session, key.type, key.from, key.to, place);
  else if (role === 'DELEGATION' || role === 'CONTAINMENT') session.cycles.opened(key, place);
}
