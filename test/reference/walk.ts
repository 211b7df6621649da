import type { Kind } from '../../src/model/kinds.js';
import { isEffective } from './effective.js';
import { comparePaths, type Step } from './order.js';
import { kindOf, type PlainGraph, type PlainRelationship } from './plain-graph.js';
import { rowOf } from './table.js';

/** Where the walk stands: on an entity, with a level (1 to 3 on a Resource, 1 USED or 2 HELD on a principal). */
export interface Stand {
  readonly id: string;
  readonly level: number;
}

export interface Arrival extends Stand {
  readonly path: readonly Step[];
}

const PRINCIPALS: readonly Kind[] = ['Account', 'ServiceIdentity', 'App', 'Grant'];
const PERMISSIONS = ['READ', 'WRITE', 'ADMIN'];

/** The highest level that a kind can be stood on with. */
export function topLevel(kind: Kind): number {
  if (kind === 'Resource') return 3;
  return PRINCIPALS.includes(kind) ? 2 : 1;
}

/**
 * Every stand that the walk reaches, each with its shortest and then smallest path; the starts are among them,
 * with no path. `asIfLive`: a start is walked from as if it were live (semantics, section 2).
 */
export function walk(graph: PlainGraph, starts: readonly Stand[], asIfLive: boolean): readonly Arrival[] {
  const begun = new Set(starts.map(({ id }) => id));
  const reached = new Map<string, Arrival>(starts.map((start) => [nameOf(start), { ...start, path: [] }]));
  let outermost: readonly Arrival[] = [...reached.values()];
  while (outermost.length > 0) {
    const next = new Map<string, Arrival>();
    for (const from of outermost) {
      for (const step of stepsFrom(graph, from, asIfLive && begun.has(from.id))) {
        const name = nameOf(step);
        const arrival = {
          id: step.id,
          level: step.level,
          path: [...from.path, { type: step.type, to: step.id }],
        };
        const rival = next.get(name);
        const better = rival === undefined || comparePaths(arrival.path, rival.path) < 0;
        if (!reached.has(name) && better) next.set(name, arrival);
      }
    }
    for (const [name, arrival] of next) reached.set(name, arrival);
    outermost = [...next.values()];
  }
  return [...reached.values()];
}

function nameOf({ id, level }: Stand): string {
  return `${level} ${id}`;
}

export interface WalkStep extends Stand {
  readonly type: PlainRelationship['type'];
}

/** Every single step from a stand: all relationships are looked at, in both directions. */
export function stepsFrom(graph: PlainGraph, stand: Stand, asIfLive: boolean): readonly WalkStep[] {
  const steps: WalkStep[] = [];
  for (const relationship of graph.relationships) {
    const { exposure } = rowOf(relationship.type);
    const { type, from, to } = relationship;
    if (!mayWalk(graph, relationship, stand, asIfLive)) continue;
    const withArrow = exposure === '→' || exposure === '↔';
    const againstArrow = exposure === '←' || exposure === '↔';
    if (withArrow && from === stand.id)
      steps.push({ type, id: to, level: gives(graph, relationship, stand, to) });
    if (againstArrow && to === stand.id) {
      steps.push({ type, id: from, level: gives(graph, relationship, stand, from) });
    }
  }
  return steps;
}

function mayWalk(
  graph: PlainGraph,
  relationship: PlainRelationship,
  stand: Stand,
  asIfLive: boolean,
): boolean {
  const row = rowOf(relationship.type);
  const kind = kindOf(graph, stand.id);
  if (!relationship.open || row.exposure === '–') return false;
  if (!row.crossesDead && !asIfLive && !isEffective(graph, stand.id)) return false;
  if (row.onlyWithAccess && !relationship.access) return false;
  if (row.heldFrom.includes(kind) && stand.level < 2) return false;
  const enough = stand.level >= PERMISSIONS.indexOf(relationship.needs) + 1;
  return !(row.needsFromResource && kind === 'Resource') || enough;
}

function gives(graph: PlainGraph, relationship: PlainRelationship, stand: Stand, to: string): number {
  const row = rowOf(relationship.type);
  if (row.gives === 'permission') return PERMISSIONS.indexOf(relationship.permission) + 1;
  if (row.gives === 'same') return stand.level;
  const kind = kindOf(graph, to);
  if (row.gives === 'control' && kind === 'Resource') return topLevel(kind);
  return row.gives === 'top' ? topLevel(kind) : 1;
}
