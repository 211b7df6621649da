import type { EntityRecord } from '../../model/entity.js';
import type { Line, TreeNode } from '../output.js';
import type { WayNode } from './path-tree.js';
import { bracketed, kindWords, linkWords, statusWords, weightWords } from './words.js';

/** What the drawing of a set knows of its members. */
export interface Drawn {
  readonly records: ReadonlyMap<number, EntityRecord>;
  readonly now: number;
  /** What the set says of a member, e.g. its level. */
  readonly facts: (entity: number, record: EntityRecord) => readonly (string | undefined)[];
}

/** Marks a member of the set, and what only lies on the way to one. */
export const MEMBER = '●';
export const ON_THE_WAY = '○';

/** Ways as a tree to print: how one gets there, what it is called, what it is, its id. */
export function drawWays(node: WayNode, drawn: Drawn): TreeNode {
  const children = [...node.children.values()].map((child) => drawWays(child, drawn));
  const rest = [...node.leftOut.values()].map(({ link, count }): TreeNode => {
    return {
      line: [{ text: `${linkWords(link)} … ${count} more like these`, style: 'faint' }],
      children: [],
    };
  });
  return { line: nodeLine(node, drawn), children: [...children, ...rest] };
}

function nodeLine(node: WayNode, drawn: Drawn): Line {
  const record = drawn.records.get(node.entity);
  if (record === undefined) return [{ text: `entity ${node.entity}` }];
  const needs = node.link?.kind === 'neededBy';
  const mark = node.link === null && !node.ends ? '' : `${node.ends && !needs ? MEMBER : ON_THE_WAY} `;
  const facts = [
    kindWords(record),
    ...weightWords(record),
    ...(node.ends && !needs ? drawn.facts(node.entity, record) : []),
    statusWords(record, drawn.now),
  ].filter((fact) => fact !== undefined);
  return [
    { text: node.link === null ? '' : `${linkWords(node.link)} `, style: 'faint' },
    { text: mark },
    { text: record.name, style: node.ends ? 'strong' : 'plain', elastic: true },
    ...bracketed(facts),
    { text: `  ${record.id}`, style: 'faint' },
  ];
}
