import { CASES } from '../../model/claims.js';
import { momentOf } from '../../model/clock.js';
import { OWN_PREFIX, OWN_SOURCE } from '../../model/ids.js';
import type { ImportSession } from '../session/session.js';

/**
 * Whether a store has something of the source `tendril`: imported as such, or provisioned by its own cases, whose
 * things belong to the sources they were provisioned in. A file of another store's would be mixed with them.
 */
export async function hasProvisioned(session: ImportSession): Promise<boolean> {
  if (session.fresh) return false;
  if ((await session.draft.source(OWN_SOURCE)) !== undefined) return true;
  return (await hasOwnEntity(session)) || (await hasOwnRelationship(session));
}

async function hasOwnEntity({ store, draft, options }: ImportSession): Promise<boolean> {
  const { entities } = await store.list(
    {
      now: momentOf(options.now),
      order: { field: 'ID', direction: 'ASC' },
      after: { value: OWN_PREFIX, id: OWN_PREFIX },
      limit: 1,
    },
    draft.base.revision,
  );
  return entities[0]?.id.startsWith(OWN_PREFIX) === true;
}

async function hasOwnRelationship({ draft }: ImportSession): Promise<boolean> {
  for await (const records of draft.relationshipsClaimedBy(CASES)) {
    if (records.some(({ claims }) => claims.some(({ source, open }) => source === CASES && open)))
      return true;
  }
  return false;
}
