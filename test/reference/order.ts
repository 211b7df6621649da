import type { RelationshipType } from '../../src/model/relationships.js';

/** One step of a path: the relationship walked, and the entity it leads to. */
export interface Step {
  readonly type: RelationshipType;
  readonly to: string;
}

/** Order by the UTF-8 bytes themselves, not by a shortcut that could be wrong. */
export function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'));
}

export function compareSteps(a: Step, b: Step): number {
  return compareBytes(a.type, b.type) || compareBytes(a.to, b.to);
}

/** Shorter first; among equally long ones the first step that differs decides, by type and then by id. */
export function comparePaths(a: readonly Step[], b: readonly Step[]): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let at = 0; at < a.length; at += 1) {
    const order = compareSteps(a[at] as Step, b[at] as Step);
    if (order !== 0) return order;
  }
  return 0;
}

export function inOrder(ids: Iterable<string>): string[] {
  return [...new Set(ids)].sort(compareBytes);
}
