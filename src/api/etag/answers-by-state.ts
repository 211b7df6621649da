import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import { type Fragments, fragmentsOf } from '../size/fragments.js';

/** What an answer is made of, besides the document, its variables and who asks. */
export type MadeOf =
  /** The state that the operation has pinned, and what has expired by its moment. */
  | 'state'
  /** What was worked out in the background of some state. */
  | 'aggregate';

/**
 * Root fields whose answers follow from a state of the graph and nothing else, and what of it they are made of. What
 * is not here may change while the graph stands still: a case waits for a day, a waiver ends, a chain is read again.
 */
const ROOTS: Readonly<Record<string, MadeOf>> = {
  __typename: 'state',
  entity: 'state',
  entities: 'state',
  human: 'state',
  blastRadius: 'state',
  accessPaths: 'state',
  whoCanReach: 'state',
  sources: 'state',
  overview: 'aggregate',
  exposureRanking: 'aggregate',
  lingeringAccess: 'aggregate',
  unowned: 'aggregate',
};

/** What a query's answer is made of; null: of more than a state of the graph. */
export function madeOf(document: DocumentNode, operation: OperationDefinitionNode): MadeOf | null {
  if (operation.operation !== 'query') return null;
  const roots = [...rootFields(operation.selectionSet, fragmentsOf(document))].map((name) =>
    Object.hasOwn(ROOTS, name) ? ROOTS[name] : undefined,
  );
  if (roots.includes(undefined)) return null;
  return roots.includes('aggregate') ? 'aggregate' : 'state';
}

/**
 * The names of the root fields, whether or not a directive leaves some out. Each fragment is gone through once, however
 * often it is used.
 */
function rootFields(set: SelectionSetNode, fragments: Fragments): ReadonlySet<string> {
  const names = new Set<string>();
  const sets = new Set([set]);
  // What is added meanwhile is gone through as well.
  for (const { selections } of sets) {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) sets.add(selection.selectionSet);
      else {
        const fragment = fragments.get(selection.name.value);
        if (fragment !== undefined) sets.add(fragment.selectionSet);
      }
    }
  }
  return names;
}
