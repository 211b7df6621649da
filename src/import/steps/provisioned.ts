import { CASES } from '../../model/claims.js';
import { momentOf } from '../../model/clock.js';
import { OWN_PREFIX, OWN_SOURCE } from '../../model/ids.js';
import type { ImportSession } from '../session/session.js';

/**
 * Whether a store has anything of the source `tendril`: imported as such, or provisioned by its own cases. What cases
 * provisioned belongs to the sources it was provisioned in, and an export of another store would be mixed with it.
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
