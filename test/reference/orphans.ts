import { answerers, isAnsweredFor, liveThings } from './answers.js';
import { isLive } from './live.js';
import { inOrder } from './order.js';
import { accountsOf, personOf } from './person.js';
import type { PlainGraph } from './plain-graph.js';

/** `O(h)` of semantics, section 3. */
export function orphans(asked: PlainGraph, start: string): ReadonlySet<string> {
  const { graph, human } = personOf(asked, start);
  const accounts = accountsOf(graph, human);
  const here = answerers(graph, (id) => id === human || accounts.has(id) || isLive(graph, id));
  const gone = answerers(graph, (id) => id !== human && isLive(graph, id));
  const lost = liveThings(graph).filter(
    (thing) => isAnsweredFor(graph, thing, here) && !isAnsweredFor(graph, thing, gone),
  );
  return new Set(inOrder(lost));
}

/** Every live App, Job, ServiceIdentity, Secret, Resource and Group for which nobody answers as things are. */
export function unowned(graph: PlainGraph): ReadonlySet<string> {
  const answering = answerers(graph, (id) => isLive(graph, id));
  return new Set(inOrder(liveThings(graph).filter((thing) => !isAnsweredFor(graph, thing, answering))));
}
