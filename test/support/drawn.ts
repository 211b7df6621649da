import { draft } from '../reference/draft.js';
import type { PlainGraph } from '../reference/index.js';

/** A graph by hand, as `draft` draws it, where the word `sustains` after a relationship says that it does. */
export function drawn(...[entities, relationships]: Parameters<typeof draft>): PlainGraph {
  const graph = draft(entities, relationships);
  const says = (at: number) => relationships[at]!.split(' ').includes('sustains');
  return { ...graph, relationships: graph.relationships.map((one, at) => ({ ...one, sustains: says(at) })) };
}
