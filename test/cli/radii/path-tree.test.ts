import { describe, expect, test } from '@jest/globals';
import { type Link, linksOf, type PathNode, PathTree } from '../../../src/cli/radii/path-tree.js';
import type { Shown, Step } from '../../../src/cli/radii/shapes.js';
import { linkWords } from '../../../src/cli/radii/words.js';

const entity = (id: number): Shown => ({
  id: String(id),
  kind: 'RESOURCE',
  name: String(id),
  status: 'ACTIVE',
});

const step = (from: number, to: number, type: Step['relationship']['type'], against = false): Step => ({
  from: entity(from),
  relationship: { type, from: entity(against ? to : from), permission: null },
  to: entity(to),
});

/** The links along steps from one entity to another. */
const links = (steps: readonly Step[], start: number, target: number) =>
  linksOf(steps, entity(start), entity(target));

/** A tree as nested lists: entity, and what is below it. */
type Shape = [number, ...Shape[]];
const shapeOf = (node: PathNode): Shape => [
  Number(node.entity.id),
  ...[...node.children.values()].map(shapeOf),
];

describe('the links of a way', () => {
  test('follow its steps', () => {
    const steps = [step(1, 2, 'HAS_ACCOUNT'), step(2, 3, 'ISSUED')];
    expect(links(steps, 1, 3).map(({ kind, to }) => [kind, Number(to.id)])).toEqual([
      ['step', 2],
      ['step', 3],
    ]);
    expect(links([], 1, 1)).toEqual([]);
  });

  test('say where a family, and no relationship, leads on', () => {
    const toMate = [step(1, 2, 'HAS_ACCOUNT'), step(2, 3, 'ISSUED')];
    expect(links(toMate, 1, 4).at(-1)).toEqual({ kind: 'family', to: entity(4) });
    const onwards = [...toMate, step(4, 5, 'DELEGATED_TO')];
    expect(links(onwards, 1, 5).map(({ kind, to }) => [kind, Number(to.id)])).toEqual([
      ['step', 2],
      ['step', 3],
      ['family', 4],
      ['step', 5],
    ]);
  });

  test('are put into words with the arrow as it points', () => {
    const walked = (type: Step['relationship']['type'], more: Partial<Link> = {}) =>
      linkWords({ kind: 'step', to: entity(2), type, permission: null, against: false, ...more } as Link);
    expect(walked('HAS_ACCOUNT')).toBe('has account →');
    expect(walked('STORED_IN', { against: true })).toBe('← stored in');
    expect(walked('CAN_ACCESS', { permission: 'WRITE' })).toBe('can access WRITE →');
    expect(linkWords({ kind: 'family', to: entity(2) })).toBe('same family:');
    expect(linkWords({ kind: 'neededBy', to: entity(2) })).toBe('needed by:');
  });
});

describe('a tree of ways', () => {
  test('folds what ways have in common, and keeps the order in which they came', () => {
    const tree = new PathTree(entity(1));
    const first = step(1, 2, 'HAS_ACCOUNT');
    tree.add(links([first, step(2, 9, 'MEMBER_OF')], 1, 9));
    tree.add(links([step(1, 3, 'KNOWS')], 1, 3));
    tree.add(links([first, step(2, 4, 'ISSUED')], 1, 4));
    tree.add(links([first], 1, 2));
    expect(shapeOf(tree.root)).toEqual([1, [2, [9], [4]], [3]]);
    expect([...tree.entities.keys()]).toEqual(['1', '2', '9', '3', '4']);
    expect(tree.root.children.size).toBe(2);
  });

  test('keeps apart what leads to the same entity in another way', () => {
    const tree = new PathTree(entity(1));
    tree.add(links([step(1, 2, 'KNOWS')], 1, 2));
    tree.add(links([step(1, 2, 'OWNS')], 1, 2));
    expect(shapeOf(tree.root)).toEqual([1, [2], [2]]);
  });

  test('marks where a way ends, and counts what is left out where it would have been', () => {
    const tree = new PathTree(entity(1));
    const account = step(1, 2, 'HAS_ACCOUNT');
    tree.add(links([account, step(2, 3, 'OWNS')], 1, 3));
    const node = [...tree.root.children.values()][0] as PathNode;
    expect(node.ends).toBe(false);
    expect(tree.leaveOut(links([account, step(2, 4, 'OWNS')], 1, 4))).toBe(true);
    expect(tree.leaveOut(links([account, step(2, 5, 'OWNS')], 1, 5))).toBe(true);
    expect(tree.leaveOut(links([step(1, 7, 'KNOWS'), step(7, 8, 'STORED_IN')], 1, 8))).toBe(false);
    expect([...node.leftOut.values()].map(({ count }) => count)).toEqual([2]);
    expect(shapeOf(tree.root)).toEqual([1, [2, [3]]]);
  });
});
