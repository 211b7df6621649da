import type { Draft } from '../../store/draft.js';
import type { Store } from '../../store/store.js';
import type { Problems } from '../base/problems.js';
import type { EntityTable } from '../reconcile/table.js';

/** What the rules about the graph after the import need. */
export interface RuleContext {
  readonly store: Store;
  readonly draft: Draft;
  readonly table: EntityTable;
  readonly problems: Problems;
  /** The label of the row of an entity of this import. */
  labelOf(number: number, row: number): string;
}
