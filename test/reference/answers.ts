import type { Kind } from '../../src/model/kinds.js';
import { BUILT } from './built.js';
import { isLive } from './live.js';
import { entityOf, kindOf, open, type PlainGraph } from './plain-graph.js';

/** Kinds of thing that somebody has to answer for. */
const THINGS: readonly Kind[] = ['App', 'Job', 'ServiceIdentity', 'Secret', 'Resource', 'Group'];

export type IsLive = (id: string) => boolean;

/**
 * Everyone who answers (semantics, section 3, orphans), when liveness is as `live` says: a least fixpoint over
 * all entities, so that a circle of service identities or groups with nobody in it answers for nothing.
 */
export function answerers(graph: PlainGraph, live: IsLive): ReadonlySet<string> {
  const answering = new Set<string>();
  for (;;) {
    const before = answering.size;
    for (const { id, kind } of graph.entities.values()) {
      if (live(id) && answersGiven(graph, id, kind, answering)) answering.add(id);
    }
    if (answering.size === before) return answering;
  }
}

/** Whether a live entity answers, once these do. */
function answersGiven(graph: PlainGraph, id: string, kind: Kind, answering: ReadonlySet<string>): boolean {
  switch (kind) {
    case 'Human':
      return true;
    case 'Account':
      return open(graph, 'HAS_ACCOUNT').some(({ from, to }) => to === id && answering.has(from));
    case 'Group':
      return open(graph, 'MEMBER_OF').some(({ from, to }) => to === id && answering.has(from));
    case 'ServiceIdentity':
      return isAnsweredFor(graph, id, answering);
    default:
      return false;
  }
}

/**
 * Whether one of the owners, with or without access, is among those who answer; of a Resource without any, one of
 * its administrators.
 */
export function isAnsweredFor(graph: PlainGraph, thing: string, answering: ReadonlySet<string>): boolean {
  const owners = open(graph, 'OWNS').filter(({ to }) => to === thing);
  const unowned = kindOf(graph, thing) === 'Resource' && owners.length === 0;
  if (unowned && BUILT.has('administrators')) return isAdministered(graph, thing, answering);
  return owners.some(({ from }) => answering.has(from));
}

/** Whether anybody of these has ADMIN on it, or on what CONTAINS it at any depth. */
function isAdministered(graph: PlainGraph, resource: string, answering: ReadonlySet<string>): boolean {
  const around = new Set([resource]);
  for (;;) {
    const before = around.size;
    for (const { from, to } of open(graph, 'CONTAINS')) if (around.has(to)) around.add(from);
    if (around.size === before) break;
  }
  return open(graph, 'CAN_ACCESS').some(
    ({ from, to, permission }) => permission === 'ADMIN' && around.has(to) && answering.has(from),
  );
}

/** Every live thing of a kind that somebody has to answer for. */
export function liveThings(graph: PlainGraph): readonly string[] {
  return [...graph.entities.keys()].filter(
    (id) => THINGS.includes(entityOf(graph, id).kind) && isLive(graph, id),
  );
}
