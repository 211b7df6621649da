import type { Piece } from '../output.js';
import type { Shown } from '../radii/shapes.js';
import { kindWords } from '../radii/words.js';
import type { Thing } from './plan-view.js';

/** A thing in a line: its name, what it is, and its id. */
export function thing(named: Thing): Piece[] {
  const { id, name } = named;
  const kind = isThere(named) ? ` [${kindWords(named)}]` : '';
  if (name === id) {
    return [
      { text: name, style: 'strong' },
      { text: kind, style: 'faint' },
    ];
  }
  return [
    { text: name, style: 'strong' },
    { text: `${kind}  ${id}`, style: 'faint' },
  ];
}

/** Whether a thing is in the graph, and not only to be made. */
const isThere = (named: Thing): named is Shown => named.kind !== undefined;
