import { describe, expect, test } from '@jest/globals';
import { type Link, linksOf, type WayNode, WayTree } from '../../../src/cli/radii/path-tree.js';
import { linkWords } from '../../../src/cli/radii/words.js';
import { type RelationshipType, typeCode } from '../../../src/model/relationships.js';
import { packRelationship } from '../../../src/model/rows.js';

const code = (type: RelationshipType, permission = 0): number =>
  packRelationship({
    type: typeCode(type) as number,
    permission,
    needs: 0,
    required: true,
    access: true,
    open: true,
  });

const step = (from: number, to: number, type: RelationshipType, against = false) => ({
  from,
  to,
  code: code(type),
  against,
});

/** A tree as nested lists: entity, and what is below it. */
type Shape = [number, ...Shape[]];
const shapeOf = (node: WayNode): Shape => [node.entity, ...[...node.children.values()].map(shapeOf)];

describe('the links of a way', () => {
  test('follow its steps', () => {
    const steps = [step(1, 2, 'HAS_ACCOUNT'), step(2, 3, 'ISSUED')];
    expect(linksOf(steps, 1, 3).map(({ kind, to }) => [kind, to])).toEqual([
      ['step', 2],
      ['step', 3],
    ]);
    expect(linksOf([], 1, 1)).toEqual([]);
  });

  test('say where a family, and no relationship, leads on', () => {
    const toMate = [step(1, 2, 'HAS_ACCOUNT'), step(2, 3, 'ISSUED')];
    expect(linksOf(toMate, 1, 4).at(-1)).toEqual({ kind: 'family', to: 4 });
    const onwards = [...toMate, step(4, 5, 'DELEGATED_TO')];
    expect(linksOf(onwards, 1, 5).map(({ kind, to }) => [kind, to])).toEqual([
      ['step', 2],
      ['step', 3],
      ['family', 4],
      ['step', 5],
    ]);
  });

  test('are put into words with the arrow as it points', () => {
    const words = (link: Link) => linkWords(link);
    expect(words({ kind: 'step', to: 2, code: code('HAS_ACCOUNT'), against: false })).toBe('has account →');
    expect(words({ kind: 'step', to: 2, code: code('STORED_IN'), against: true })).toBe('← stored in');
    expect(words({ kind: 'step', to: 2, code: code('CAN_ACCESS', 2), against: false })).toBe(
      'can access WRITE →',
    );
    expect(words({ kind: 'family', to: 2 })).toBe('same family:');
    expect(words({ kind: 'neededBy', to: 2 })).toBe('needed by:');
  });
});

describe('a tree of ways', () => {
  test('folds what ways have in common, and keeps the order in which they came', () => {
    const tree = new WayTree(1);
    const first = step(1, 2, 'HAS_ACCOUNT');
    tree.add(linksOf([first, step(2, 9, 'MEMBER_OF')], 1, 9));
    tree.add(linksOf([step(1, 3, 'KNOWS')], 1, 3));
    tree.add(linksOf([first, step(2, 4, 'ISSUED')], 1, 4));
    tree.add(linksOf([first], 1, 2));
    expect(shapeOf(tree.root)).toEqual([1, [2, [9], [4]], [3]]);
    expect([...tree.entities]).toEqual([1, 2, 9, 3, 4]);
    expect(tree.root.children.size).toBe(2);
  });

  test('keeps apart what leads to the same entity in another way', () => {
    const tree = new WayTree(1);
    tree.add(linksOf([step(1, 2, 'KNOWS')], 1, 2));
    tree.add(linksOf([step(1, 2, 'OWNS')], 1, 2));
    expect(shapeOf(tree.root)).toEqual([1, [2], [2]]);
  });

  test('marks where a way ends, and counts what is left out where it would have been', () => {
    const tree = new WayTree(1);
    const account = step(1, 2, 'HAS_ACCOUNT');
    tree.add(linksOf([account, step(2, 3, 'OWNS')], 1, 3));
    const node = [...tree.root.children.values()][0] as WayNode;
    expect(node.ends).toBe(false);
    expect(tree.leaveOut(linksOf([account, step(2, 4, 'OWNS')], 1, 4))).toBe(true);
    expect(tree.leaveOut(linksOf([account, step(2, 5, 'OWNS')], 1, 5))).toBe(true);
    expect(tree.leaveOut(linksOf([step(1, 7, 'KNOWS'), step(7, 8, 'STORED_IN')], 1, 8))).toBe(false);
    expect([...node.leftOut.values()].map(({ count }) => count)).toEqual([2]);
    expect(shapeOf(tree.root)).toEqual([1, [2, [3]]]);
  });
});
