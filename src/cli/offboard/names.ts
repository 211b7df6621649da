import type { Client } from '../../client/client.js';
import { NamesDocument } from '../../documents/generated/graphql.js';
import type { Thing } from './plan-view.js';

/** Ids that one question names, at most. */
const BATCH = 500;

/** Places in the audit log are no things, and only auditors may look at them. */
const AUDIT_PREFIX = 'tendril/audit/';

/** The things that have these ids, as they are now; what is none is left out. */
export async function thingsOf(client: Client, ids: Iterable<string>): Promise<Thing[]> {
  const wanted = [...new Set(ids)].filter((id) => !id.startsWith(AUDIT_PREFIX));
  const found: Thing[] = [];
  for (let from = 0; from < wanted.length; from += BATCH) {
    const { nodes } = await client.execute(NamesDocument, { ids: wanted.slice(from, from + BATCH) });
    for (const node of nodes) if (node !== null && 'name' in node) found.push(node);
  }
  return found;
}
