import type { Kind } from '../../../src/model/kinds.js';
import type { RelationshipType } from '../../../src/model/relationships.js';
import {
  accessPaths,
  BUILT,
  conflicts,
  continuity,
  cut,
  exposure,
  holdings,
  isEffective,
  isLive,
  knownUnits,
  lingering,
  type Feature as Needed,
  orphans,
  type PlainGraph,
  type PlainRelationship,
  plainGraphOf,
  spent,
  stopsAt,
  whoCanReach,
} from '../../reference/index.js';
import { accountsOf, isShared } from '../../reference/person.js';
import { kindOf, open } from '../../reference/plain-graph.js';
import { broken, stopped } from '../../reference/stopped.js';
import { unitOf } from '../../reference/units.js';
import { walk } from '../../reference/walk.js';
import type { Company } from './company.js';

/** One generated company, read once. */
export interface Sample {
  readonly company: Company;
  readonly graph: PlainGraph;
  readonly starts: readonly string[];
}

export function sampleOf(company: Company): Sample {
  return { company, graph: plainGraphOf(company.documents, company.now), starts: company.starts };
}

export type Feature = readonly [name: string, leastShare: number, has: (sample: Sample) => boolean];

const any =
  (has: (graph: PlainGraph, start: string) => boolean) =>
  ({ graph, starts }: Sample) =>
    starts.some((start) => has(graph, start));

function dead(graph: PlainGraph, id: string): boolean {
  return !isLive(graph, id);
}

/** Whether the open relationships of a type lead back to where they began, through more than one entity. */
function circle(type: Parameters<typeof open>[1]): (sample: Sample) => boolean {
  return ({ graph }) => {
    const all = open(graph, type).filter(({ from, to }) => from !== to);
    return all.some(({ from, to }) => {
      const seen = new Set([to]);
      for (let size = 0; size !== seen.size; ) {
        size = seen.size;
        for (const edge of all) if (seen.has(edge.from)) seen.add(edge.to);
      }
      return seen.has(from);
    });
  };
}

function triggered(graph: PlainGraph, how: 'all' | 'some'): boolean {
  const down = broken(graph, stopped(graph));
  return [...graph.entities.keys()].some((job) => {
    const triggers = open(graph, 'TRIGGERS').filter(({ to, from }) => to === job && from !== job);
    const count = triggers.filter(({ from }) => down.has(from)).length;
    return (
      triggers.length > 1 &&
      (how === 'all' ? count === triggers.length : count > 0 && count < triggers.length)
    );
  });
}

function tokens(graph: PlainGraph) {
  return [...graph.entities.values()].filter(({ kind }) => kind === 'Token');
}

function expires(after: number): (sample: Sample) => boolean {
  return ({ graph }) => tokens(graph).some(({ expiresAt }) => expiresAt === graph.now + after);
}

function family(sameSource: boolean): (sample: Sample) => boolean {
  return ({ graph }) =>
    tokens(graph).some((a) =>
      tokens(graph).some(
        (b) =>
          a.id !== b.id &&
          a.family !== undefined &&
          a.family === b.family &&
          (a.source === b.source) === sameSource,
      ),
    );
}

/** An entity reached with two levels, the higher one by a longer way. */
function twoLevels(graph: PlainGraph, start: string): boolean {
  const arrivals = walk(graph, [{ id: start, level: 1 }], true);
  return arrivals.some((one) =>
    arrivals.some(
      (other) => one.id === other.id && one.level > other.level && one.path.length > other.path.length,
    ),
  );
}

function crossed(graph: PlainGraph, start: string): boolean {
  return exposure(graph, start).some(({ path }) => path.slice(0, -1).some(({ to }) => dead(graph, to)));
}

function has(sample: Sample, test: (relationship: PlainGraph['relationships'][number]) => boolean): boolean {
  return sample.graph.relationships.some((relationship) => relationship.open && test(relationship));
}

function unsustained(graph: PlainGraph): readonly string[] {
  return [...graph.entities.keys()].filter((id) => isLive(graph, id) && !isEffective(graph, id));
}

/** Whether two entities sustain each other. */
function mutual({ graph }: Sample): boolean {
  const all = graph.relationships.filter(({ open, sustains, from, to }) => open && sustains && from !== to);
  return all.some((one) => all.some((other) => one.from === other.to && one.to === other.from));
}

const hasType =
  (type: RelationshipType, test: (one: PlainRelationship, graph: PlainGraph) => boolean = () => true) =>
  (sample: Sample): boolean =>
    has(sample, (one) => one.type === type && test(one, sample.graph));

const toKind =
  (kind: Kind) =>
  ({ to }: PlainRelationship, graph: PlainGraph): boolean =>
    graph.entities.get(to)?.kind === kind;

/** What the code does not have yet is looked for in nothing. */
const NEW_FEATURES = (
  [
    ['sustains', 'live, and not sustained', 0.1, ({ graph }) => unsustained(graph).length > 0],
    [
      'sustains',
      'a holding that only hangs on somebody',
      0.1,
      any((graph, start) =>
        [...holdings(graph, start)].some((id) => ['Resource', 'ServiceIdentity'].includes(kindOf(graph, id))),
      ),
    ],
    ['sustains', 'two that sustain each other', 0.02, mutual],
    [
      'sustains',
      'conflicts: TRANSFER',
      0.05,
      any((graph, start) =>
        conflicts(graph, start, 'sensitive').some(({ resolution }) => resolution === 'TRANSFER'),
      ),
    ],
    [
      'spent',
      'a credential that is spent',
      0.03,
      ({ graph }) => [...spent(graph)].some((id) => kindOf(graph, id) !== 'Account'),
    ],
    [
      'administrators',
      'orphaned by its last administrator',
      0.02,
      any((graph, start) =>
        [...orphans(graph, start)].some(
          (id) => kindOf(graph, id) === 'Resource' && !open(graph, 'OWNS').some(({ to }) => to === id),
        ),
      ),
    ],
    ['MANAGES', 'MANAGES', 0.3, hasType('MANAGES')],
    ['CAN_ASSUME Group', 'CAN_ASSUME a Group', 0.1, hasType('CAN_ASSUME', toKind('Group'))],
    ['RUNS_AS required', 'RUNS_AS, not required', 0.1, hasType('RUNS_AS', ({ required }) => !required)],
    ['DEPENDS_ON Resource', 'DEPENDS_ON a Resource', 0.1, hasType('DEPENDS_ON', toKind('Resource'))],
    ['stopsAt', 'stops by expiry', 0.1, ({ graph }) => stopsAt(graph).size > 0],
  ] as readonly (readonly [needs: Needed, ...Feature])[]
).flatMap(([needs, ...feature]) => (BUILT.has(needs) ? [feature] : []));

/** Every hard feature, with the least share of companies that must have it. */
export const FEATURES: readonly Feature[] = [
  ['exposure', 0.8, any((graph, start) => exposure(graph, start).length > 0)],
  ['far exposure', 0.4, any((graph, start) => exposure(graph, start).some(({ distance }) => distance > 3))],
  [
    'used, not held',
    0.15,
    any((graph, start) =>
      exposure(graph, start).some(
        ({ id, level }) => level === 1 && graph.entities.get(id)?.kind === 'ServiceIdentity',
      ),
    ),
  ],
  ['a way over something dead', 0.2, any(crossed)],
  [
    'two levels by two ways',
    0.2,
    any((graph, start) => graph.entities.get(start)?.kind === 'Human' && twoLevels(graph, start)),
  ],
  ['a person who left and lingers', 0.2, ({ graph }) => lingering(graph).size > 0],
  [
    'an account that is reached and shared',
    0.2,
    any((graph, start) =>
      [...accountsOf(graph, new Set([start]))].some((account) => isShared(graph, new Set([start]), account)),
    ),
  ],
  [
    'an unmanaged account left out',
    0.1,
    ({ graph }) =>
      [...graph.entities.values()].some(
        ({ id, kind, managed }) =>
          kind === 'Account' &&
          managed === false &&
          isLive(graph, id) &&
          whoCanReach(graph, id).size === 0 &&
          open(graph, 'HAS_ACCOUNT').some(({ to }) => to === id),
      ),
  ],
  [
    'an unmanaged account that matters',
    0.1,
    ({ graph }) =>
      [...graph.entities.values()].some(
        ({ id, managed }) => managed === false && whoCanReach(graph, id).size > 0,
      ),
  ],
  ['holdings beyond accounts', 0.4, any((graph, start) => holdings(graph, start).size > 2)],
  ...NEW_FEATURES,
  ['continuity', 0.3, any((graph, start) => continuity(graph, start).workloads.size > 0)],
  ['orphans', 0.3, any((graph, start) => orphans(graph, start).size > 0)],
  [
    'cut, foreign',
    0.4,
    any((graph, start) => [...cut(graph, start, 'sensitive').values()].some(({ foreign }) => foreign)),
  ],
  [
    'policy widens the cut',
    0.05,
    any((graph, start) => cut(graph, start, 'never').size < cut(graph, start, 'sensitive').size),
  ],
  [
    'policy widens it further',
    0.1,
    any((graph, start) => cut(graph, start, 'sensitive').size < cut(graph, start, 'always').size),
  ],
  [
    'conflicts: REHOME',
    0.25,
    any((graph, start) =>
      conflicts(graph, start, 'sensitive').some(({ resolution }) => resolution === 'REHOME'),
    ),
  ],
  [
    'conflicts: REISSUE',
    0.15,
    any((graph, start) =>
      conflicts(graph, start, 'sensitive').some(({ resolution }) => resolution === 'REISSUE'),
    ),
  ],
  [
    'a known unit of several',
    0.2,
    any((graph, start) => knownUnits(graph, start, 'never').some((unit) => unit.length > 1)),
  ],
  [
    'copies of copies',
    0.15,
    ({ graph }) =>
      [...graph.entities.values()].some(({ id, kind }) => kind === 'Secret' && unitOf(graph, id).size > 2),
  ],
  [
    'several paths',
    0.3,
    ({ graph, starts }) =>
      starts.slice(0, 1).some((start) =>
        exposure(graph, start)
          .slice(0, 8)
          .some(({ id }) => id !== start && accessPaths(graph, start, id, 3).length === 3),
      ),
  ],
  ['all triggers broken', 0.03, ({ graph }) => triggered(graph, 'all')],
  ['some triggers broken', 0.03, ({ graph }) => triggered(graph, 'some')],
  ['family in one source', 0.1, family(true)],
  ['family over sources', 0.1, family(false)],
  ['expired a moment ago', 0.1, expires(-1)],
  ['expires now', 0.1, expires(0)],
  ['expires in a moment', 0.1, expires(1)],
  ['MEMBER_OF in a circle', 0.1, circle('MEMBER_OF')],
  ['OWNS in a circle', 0.1, circle('OWNS')],
  ['COPY_OF in a circle', 0.1, circle('COPY_OF')],
  ['CAN_ASSUME in a circle', 0.1, circle('CAN_ASSUME')],
  ['DEPENDS_ON in a circle', 0.1, circle('DEPENDS_ON')],
  ['TRIGGERS in a circle', 0.1, circle('TRIGGERS')],
  ['not required', 0.1, (sample) => has(sample, ({ type, required }) => type === 'USES' && !required)],
  ['without access', 0.1, (sample) => has(sample, ({ type, access }) => type === 'OWNS' && !access)],
  [
    'needs READ',
    0.1,
    (sample) => has(sample, ({ type, needs }) => type === 'HAS_SECRET' && needs === 'READ'),
  ],
  [
    'needs ADMIN',
    0.1,
    (sample) => has(sample, ({ type, needs }) => type === 'DEFINED_IN' && needs === 'ADMIN'),
  ],
  [
    'a relationship ended by a delta',
    0.3,
    ({ graph }) => graph.relationships.some((relationship) => !relationship.open),
  ],
  [
    'an entity ended by a delta',
    0.1,
    ({ company }) => company.documents.some(({ entities }) => entities.some(({ ended }) => ended === true)),
  ],
  [
    'ids that UTF-8 orders otherwise than UTF-16',
    0.5,
    ({ graph }) => {
      const ids = [...graph.entities.keys()].join('');
      return /[\u{10000}-\u{10ffff}]/u.test(ids) && /[\u{e000}-\u{ffff}]/u.test(ids);
    },
  ],
];
