import type { ListColumn } from './columns.js';
import { ID, KIND, LAST_USED, type ListedEntity, NAME, SOURCE, STATUS } from './entity-columns.js';

/** How much a thing matters: its criticality or its sensitivity, whichever its kind has. */
const weight = ({ criticality, sensitivity }: ListedEntity): string | null =>
  criticality ?? sensitivity ?? null;

export const UNOWNED_COLUMNS: readonly ListColumn<ListedEntity>[] = [
  KIND,
  NAME,
  {
    name: 'weight',
    of: weight,
    style: (row) => (['HIGH', 'CRITICAL'].includes(weight(row) ?? '') ? 'alarm' : 'faint'),
  },
  { ...STATUS, hidden: true },
  SOURCE,
  { ...LAST_USED, hidden: true },
  ID,
];
