import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { type AnswerBasis, answerBasisOf } from '../fields/facts.js';
import { type Fragments, fragmentsOf } from '../size/fragments.js';

/**
 * What the answer to a query depends on; null where it depends on more than a state of the graph. A root field does
 * unless its declaration says otherwise (`@AnswersFrom`).
 */
export function answerBasis(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): AnswerBasis | null {
  if (operation.operation !== 'query') return null;
  const fields = schema.getQueryType()?.getFields() ?? {};
  const names = rootFields(operation.selectionSet, fragmentsOf(document));
  const bases = [...names].map((name) => {
    if (name === '__typename') return 'state';
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return field && answerBasisOf(field);
  });
  if (bases.includes(undefined)) return null;
  return bases.includes('aggregate') ? 'aggregate' : 'state';
}

/**
 * The names of the root fields, including those that a directive leaves out. Each fragment is visited once, even where
 * it is used several times.
 */
function rootFields(set: SelectionSetNode, fragments: Fragments): ReadonlySet<string> {
  const names = new Set<string>();
  const sets = new Set([set]);
  // The loop also visits the sets that are added meanwhile.
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
