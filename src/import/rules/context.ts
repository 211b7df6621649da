import type { Draft } from '../../store/draft.js';
import type { Store } from '../../store/store.js';
import type { Problems } from '../base/problems.js';
import type { EntityTable } from '../reconcile/table.js';

/** What rules about the graph as it will stand look at. */
export interface RuleContext {
  readonly store: Store;
  readonly draft: Draft;
  readonly table: EntityTable;
  readonly problems: Problems;
  /** The label of the row in which an entity of this import stands. */
  labelOf(number: number, row: number): string;
}
