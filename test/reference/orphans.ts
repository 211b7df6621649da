import { answerers, isAnsweredFor, liveThings } from './answers.js';
import { isLive } from './live.js';
import { inOrder } from './order.js';
import { accountsOf, personOf, type Start } from './person.js';
import type { PlainGraph } from './plain-graph.js';

/** `O(h)` of semantics, section 3. */
export function orphans(asked: PlainGraph, start: Start): ReadonlySet<string> {
  const { graph, humans } = personOf(asked, start);
  const accounts = accountsOf(graph, humans);
  const here = answerers(graph, (id) => humans.has(id) || accounts.has(id) || isLive(graph, id));
  const gone = answerersOnceGone(graph, humans);
  const lost = liveThings(graph).filter(
    (thing) => isAnsweredFor(graph, thing, here) && !isAnsweredFor(graph, thing, gone),
  );
  return new Set(inOrder(lost));
}

/** Everyone who answers once these people are gone. */
export function answerersOnceGone(graph: PlainGraph, humans: ReadonlySet<string>): ReadonlySet<string> {
  return answerers(graph, (id) => !humans.has(id) && isLive(graph, id));
}

/** Every live App, Job, ServiceIdentity, Secret, Resource and Group for which nobody answers as things are. */
export function unowned(graph: PlainGraph): ReadonlySet<string> {
  const answering = answerers(graph, (id) => isLive(graph, id));
  return new Set(inOrder(liveThings(graph).filter((thing) => !isAnsweredFor(graph, thing, answering))));
}
