/** The slow, plain reading of semantics.md that every fast engine is held against. */
export { accessPaths } from './access-paths.js';
export { type BlindSpot, blindSpots } from './blind-spots.js';
export { BUILT, type Feature } from './built.js';
export { type Conflict, conflicts, workloadsAtRisk } from './conflicts.js';
export { type Continuity, continuity } from './continuity.js';
export { cut } from './cut.js';
export { isEffective } from './effective.js';
export { exposure, type Reach } from './exposure.js';
export { holdings } from './holdings.js';
export { knownUnits, type RotateReadable } from './known-units.js';
export { isLive } from './live.js';
export type { Step } from './order.js';
export { orphans, unowned } from './orphans.js';
export { humansOf, lingering, whoCanReach } from './people.js';
export type { Start } from './person.js';
export {
  type PlainEntity,
  type PlainGraph,
  type PlainRelationship,
  plainGraphOf,
  reportsOf,
} from './plain-graph.js';
export { spent } from './spent.js';
export { brokenNow, stopsAt, working } from './working.js';
