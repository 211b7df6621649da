import type { BrokenQuery } from '../../documents/generated/graphql.js';
import type { ListColumn } from './columns.js';

/** A workload that does not work, or will not, and by what. */
type BrokenRow = BrokenQuery['broken']['edges'][number]['node'];

const stepsOf = ({ brokenBy, stopsBy }: BrokenRow) => (brokenBy ?? stopsBy)?.steps ?? [];

/** What has ended by itself, or will: where nothing else is on the path, the workload. */
const causeOf = (row: BrokenRow) => stepsOf(row)[0]?.from ?? row;

/** The way from the cause to the workload: what stops with it, one after the other. */
function way(row: BrokenRow): string | null {
  const names = stepsOf(row).map(({ to }) => to.name);
  return names.length < 2 ? null : names.slice(0, -1).join(' → ');
}

export const BROKEN_COLUMNS: readonly ListColumn<BrokenRow>[] = [
  {
    name: 'stopsAt',
    unknown: 'does not work now',
    of: ({ stopsAt }) => stopsAt,
    style: ({ working }) => (working ? 'warning' : 'alarm'),
  },
  { name: 'working', hidden: true, of: ({ working }) => working },
  { name: 'kind', of: ({ kind }) => kind },
  { name: 'name', of: ({ name }) => name, style: () => 'strong' },
  {
    name: 'criticality',
    of: ({ criticality }) => criticality,
    style: ({ criticality }) => (/^(HIGH|CRITICAL)$/.test(criticality) ? 'alarm' : 'faint'),
  },
  { name: 'by', of: (row) => causeOf(row).name },
  { name: 'byStatus', hidden: true, of: (row) => causeOf(row).status },
  { name: 'byId', hidden: true, of: (row) => causeOf(row).id },
  { name: 'through', of: way },
  { name: 'source', hidden: true, of: ({ source }) => source.id },
  { name: 'id', of: ({ id }) => id, style: () => 'faint' },
];
