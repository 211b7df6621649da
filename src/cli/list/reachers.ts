import type { WhoCanReachQuery } from '../../documents/generated/graphql.js';
import { levelWords } from '../radii/words.js';
import type { ListColumn } from './columns.js';

type Reacher = WhoCanReachQuery['people']['edges'][number]['node'];

/** The email of a person; every row of this list is one. */
const emailOf = ({ entity }: Reacher): string | null => ('email' in entity ? entity.email : null);

export const REACHER_COLUMNS: readonly ListColumn<Reacher>[] = [
  { name: 'name', of: ({ entity }) => entity.name, style: () => 'strong' },
  { name: 'email', hidden: true, of: emailOf },
  {
    name: 'status',
    of: ({ entity }) => entity.status,
    style: ({ entity }) => (entity.status === 'LEFT' ? 'alarm' : undefined),
  },
  { name: 'can', of: (row) => levelWords(row) ?? null },
  { name: 'distance', align: 'right', of: ({ distance }) => distance },
  { name: 'id', of: ({ entity }) => entity.id, style: () => 'faint' },
  { name: 'path', of: ({ path }) => path.map(({ to }) => to.name).join(' → ') },
];
