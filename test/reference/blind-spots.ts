import { inOrder } from './order.js';
import { accountsOf, personOf, type Start } from './person.js';
import { entityOf, type PlainGraph } from './plain-graph.js';

export interface BlindSpot {
  readonly account: string;
  readonly missing: readonly string[];
}

/** Keys are Tokens: whoever reports Tokens reports keys. */
const LOOKED_FOR = ['Token', 'Grant', 'Job'];

/** The accounts whose source does not say that it looks for one of these (semantics, end of section 3). */
export function blindSpots(
  asked: PlainGraph,
  start: Start,
  reportsBySource: ReadonlyMap<string, readonly string[]>,
): readonly BlindSpot[] {
  const { graph, humans } = personOf(asked, start);
  return inOrder(accountsOf(graph, humans)).flatMap((account) => {
    const reports = reportsBySource.get(entityOf(graph, account).source) ?? [];
    const missing = LOOKED_FOR.filter((kind) => !reports.includes(kind));
    return missing.length === 0 ? [] : [{ account, missing }];
  });
}
