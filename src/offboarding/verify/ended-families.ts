import type { DocumentWrite } from '../../store/journal.js';
import { hashOf } from '../hash.js';
import type { InspectedCase } from './case-inspection.js';

/** The collection of the journal that maps families of tokens to the case that ended them. */
export const ENDED_FAMILIES = 'ended-family';

/** The key of a family. It is a hash because sources may write anything as the name of a family. */
export const familyKey = (source: string, family: string): string => hashOf([source, family]);

/**
 * The families whose tokens a case has ended. By these an import recognises a later token of such a family (semantics,
 * section 5, I7: *then and after the case*).
 */
export function endedFamilies({ view, facts, actions }: InspectedCase, id: string): DocumentWrite[] {
  const documents = new Map<string, DocumentWrite>();
  for (const { action, state } of actions) {
    if (action.kind !== 'REVOKE_TOKEN' || state !== 'DONE') continue;
    const token = view.numberOf(action.entity);
    const { family } = facts.recordOf(token).properties;
    if (typeof family !== 'string') continue;
    const key = familyKey(facts.sourceId(view.sourceOf(token)), family);
    documents.set(key, { collection: ENDED_FAMILIES, key, body: { case: id } });
  }
  return [...documents.values()];
}
