import type { Line, TreeNode } from '../output.js';
import { type PathNode, TOGETHER } from './path-tree.js';
import type { Shown } from './shapes.js';
import { bracketed, kindWords, linkWords, statusWords, weightWords } from './words.js';

/** What a set says of one of its members, such as its level. */
export type Facts = (entity: Shown) => readonly (string | undefined)[];

/** Marks a member of the set, and what only lies on the way to one. */
export const MEMBER = '●';
export const ON_THE_WAY = '○';

/** Paths as a tree to print: how one gets there, what it is called, what it is, its id. */
export function drawPaths(node: PathNode, facts: Facts): TreeNode {
  const children = [...node.children.values()].map((child) => drawPaths(child, facts));
  const rest = [...node.leftOut.values()].map(({ link, count }): TreeNode => {
    return {
      line: [{ text: `${linkWords(link)} … ${count} more like these`, style: 'faint' }],
      children: [],
    };
  });
  return { line: nodeLine(node, facts), children: [...children, ...rest] };
}

function nodeLine({ entity, link, ends }: PathNode, factsOf: Facts): Line {
  const member = ends && link?.kind !== 'neededBy';
  const mark = link === null && !ends ? '' : `${member ? MEMBER : ON_THE_WAY} `;
  // Several people who are asked about at once: what each of them is, is said below.
  if (entity.id === TOGETHER) return [{ text: entity.name, style: 'strong' }];
  const facts = [
    kindWords(entity),
    ...weightWords(entity),
    ...(member ? factsOf(entity) : []),
    statusWords(entity),
  ].filter((fact) => fact !== undefined);
  return [
    { text: link === null ? '' : `${linkWords(link)} `, style: 'faint' },
    { text: mark },
    { text: entity.name, style: ends ? 'strong' : 'plain', elastic: true },
    ...bracketed(facts),
    { text: `  ${entity.id}`, style: 'faint' },
  ];
}
