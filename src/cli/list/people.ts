import type { EntityStatus, Permission } from '../../documents/generated/graphql.js';
import type { ListColumn } from './columns.js';

/** A person, and how much they can still use or how much stands on them. */
interface PersonRow {
  readonly human: {
    readonly id: string;
    readonly name: string;
    readonly status: EntityStatus;
    readonly email: string | null;
    readonly lastWorkingDay: string | null;
  };
  readonly exposed: number;
  readonly highestPermission: Permission | null;
  readonly continuity?: number;
  readonly orphans?: number;
}

const PERSON: readonly ListColumn<PersonRow>[] = [
  { name: 'name', of: ({ human }) => human.name, style: () => 'strong' },
  { name: 'email', hidden: true, of: ({ human }) => human.email },
  { name: 'status', of: ({ human }) => human.status },
  { name: 'lastWorkingDay', hidden: true, of: ({ human }) => human.lastWorkingDay },
];

const EXPOSURE: readonly ListColumn<PersonRow>[] = [
  { name: 'exposed', align: 'right', of: ({ exposed }) => exposed },
  {
    name: 'highestPermission',
    unknown: '–',
    of: ({ highestPermission }) => highestPermission,
    style: ({ highestPermission }) => (highestPermission === 'ADMIN' ? 'alarm' : undefined),
  },
];

const STANDING: readonly ListColumn<PersonRow>[] = [
  { name: 'continuity', align: 'right', of: ({ continuity }) => continuity ?? null },
  { name: 'orphans', align: 'right', of: ({ orphans }) => orphans ?? null },
];

const ID: ListColumn<PersonRow> = { name: 'id', of: ({ human }) => human.id, style: () => 'faint' };

/** People by exposure. */
export const EXPOSED_COLUMNS = [...PERSON, ...EXPOSURE, ID];
/** People by what stands on them. */
export const STANDING_COLUMNS = [...PERSON, ...STANDING, ...EXPOSURE, ID];
