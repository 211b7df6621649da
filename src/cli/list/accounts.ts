import type { ListColumn } from './columns.js';
import {
  type Beside,
  ID,
  LAST_USED,
  type ListedEntity,
  NAME,
  namesOf,
  SOURCE,
  STATUS,
} from './entity-columns.js';

/** An account, with the people who have it. */
type AccountRow = ListedEntity & { readonly humans: Beside };

export const ACCOUNT_COLUMNS: readonly ListColumn<AccountRow>[] = [
  NAME,
  { name: 'login', hidden: true, of: ({ login }) => login ?? null },
  STATUS,
  { name: 'managed', of: ({ managed }) => managed ?? null },
  {
    name: 'person',
    unknown: 'nobody',
    of: ({ humans }) => (humans.edges.length === 0 ? null : namesOf(humans)),
  },
  SOURCE,
  LAST_USED,
  ID,
];
