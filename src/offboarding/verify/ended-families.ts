import type { DocumentWrite } from '../../store/journal.js';
import { hashOf } from '../hash.js';
import type { InspectedCase } from './case-inspection.js';

/** Where the journal says which case ended the tokens of a family. */
export const ENDED_FAMILIES = 'ended-family';

/** Names a family: sources write what they like, which need not be fit for a key. */
export const familyKey = (source: string, family: string): string => hashOf([source, family]);

/**
 * The families whose tokens a case has ended, so that an import knows a later token of one by a look at its family
 * alone (semantics, section 5, I7: *then and after the case*).
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
