import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ReachSet, Step } from '../../src/graph/answers.js';
import { blindSpots } from '../../src/graph/radii/blind-spots.js';
import { stoppingWorkloads } from '../../src/graph/radii/broken-workloads.js';
import { exposureSummaries } from '../../src/graph/radii/exposure-summary.js';
import { type LazyRadii, radiiOf } from '../../src/graph/radii/radii.js';
import { unownedEntities } from '../../src/graph/radii/unowned.js';
import { whoCanReach } from '../../src/graph/radii/who-can-reach.js';
import { ALREADY } from '../../src/graph/radii/workload-times.js';
import type { GraphView } from '../../src/graph/view.js';
import { accessPaths } from '../../src/graph/walk/access-paths.js';
import { RELATIONSHIP_TYPES } from '../../src/model/relationships.js';
import { codeType } from '../../src/model/rows.js';
import { BUILT } from '../reference/built.js';
import * as reference from '../reference/index.js';
import { indexInSteps, indexOf } from '../support/plain-index.js';
import { companyArbitrary } from './arbitrary/company.js';

/** More on demand: `PROPERTY_RUNS=20000 npm test`. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 500);
const MODES = ['never', 'sensitive', 'always'] as const;

interface Case {
  readonly graph: reference.PlainGraph;
  readonly view: GraphView;
  readonly starts: readonly string[];
}

/** Holds a property on many companies, with the index loaded whole and reached in steps. */
async function holds(check: (given: Case) => void, runs = RUNS): Promise<void> {
  const property = fc.asyncProperty(companyArbitrary(), fc.boolean(), async (company, inSteps) => {
    const graph = reference.plainGraphOf(company.documents, company.now);
    const index = await (inSteps ? indexInSteps(graph) : indexOf(graph));
    check({ graph, view: index.at(company.now), starts: company.starts });
  });
  await fc.assert(property, { numRuns: runs });
}

const ids = (view: GraphView, set: ReachSet) => set.members.map(({ entity }) => view.idOf(entity)).sort();
const sequence = (view: GraphView, steps: readonly Step[]) =>
  steps.map(({ code, to }) => ({ type: RELATIONSHIP_TYPES[codeType(code)], to: view.idOf(to) }));

/** Whom to ask about: everybody alone, and with all that may leave together the first two and all at once. */
function startsOf({ graph, starts }: Case): readonly reference.Start[] {
  const humans = starts.filter((start) => graph.entities.get(start)?.kind === 'Human');
  const together = [humans.slice(0, 2), humans.slice(1), humans].filter(({ length }) => length > 1);
  return BUILT.has('together') ? [...starts, ...together] : starts;
}

const numbersOf = (view: GraphView, start: reference.Start) =>
  typeof start === 'string' ? view.numberOf(start) : start.map((id) => view.numberOf(id));

function eachStart(given: Case, check: (start: reference.Start, radii: LazyRadii) => void): void {
  for (const start of startsOf(given)) {
    check(start, radiiOf(given.view, numbersOf(given.view, start), { rotateReadable: 'never' }));
  }
}

/**
 * A path must start where it was asked to, hang together, end at the member, and exist. Only a family lets it
 * go on from another token: no relationship shows that two tokens are of one family.
 */
function expectWay(view: GraphView, asked: reference.Start, set: ReachSet): void {
  const starts = [numbersOf(view, asked)].flat();
  for (const { entity } of set.members) {
    const path = set.pathTo(entity);
    let at = path[0]?.from ?? entity;
    if (!starts.some((start) => ofOneFamily(view, at, start))) expect(starts).toContain(at);
    for (const step of path) {
      if (!ofOneFamily(view, step.from, at)) expect(step.from).toBe(at);
      at = step.to;
      const found: number[] = [];
      const see = (other: number, code: number) => {
        if (other === step.to) found.push(code);
      };
      if (step.against) view.eachIn(step.from, see);
      else view.eachOut(step.from, see);
      expect(found).toContain(step.code);
    }
    if (!ofOneFamily(view, entity, at)) expect(at).toBe(entity);
  }
}

function ofOneFamily(view: GraphView, a: number, b: number): boolean {
  return a !== b && view.familyOf(a) !== 0 && view.familyOf(a) === view.familyOf(b);
}

describe('the fast radii are those of the plain reading of the rules', () => {
  test('exposure: members, levels, distances and the smallest shortest paths', async () => {
    await holds((given) => {
      const { graph, view } = given;
      eachStart(given, (start, { exposure }) => {
        const wanted = new Map(reference.exposure(graph, start).map((reach) => [reach.id, reach]));
        const got = exposure.members.map(({ entity, level, distance }) => ({
          id: view.idOf(entity),
          level,
          distance,
          path: sequence(view, exposure.pathTo(entity)),
        }));
        expect(new Map(got.map((reach) => [reach.id, reach]))).toEqual(wanted);
        expectWay(view, start, exposure);
      });
    });
  });

  test('what is effective', async () => {
    await holds(({ graph, view }) => {
      const all = [...graph.entities.keys()].sort();
      const effective = all.filter((id) => view.isEffective(view.numberOf(id)));
      expect(effective).toEqual(all.filter((id) => reference.isEffective(graph, id)));
    });
  });

  test('which workloads are broken, and when the others stop by expiry alone', async () => {
    await holds(({ graph, view }) => {
      const all = [...graph.entities.keys()].map((id) => view.numberOf(id));
      const got = [...stoppingWorkloads(view, all)].flatMap((one) =>
        one === undefined ? [] : [[view.idOf(one.workload), one.at === ALREADY ? 'already' : one.at]],
      );
      const broken = [...reference.brokenNow(graph)].filter((id) => reference.isLive(graph, id));
      const wanted = new Map<string, string | number>(reference.stopsAt(graph));
      for (const id of broken) wanted.set(id, 'already');
      expect(Object.fromEntries(got)).toEqual(Object.fromEntries(wanted));
    });
  });

  test('continuity', async () => {
    await holds((given) => {
      eachStart(given, (start, { continuity }) => {
        const wanted = [...reference.continuity(given.graph, start).workloads].sort();
        expect(ids(given.view, continuity)).toEqual(wanted);
        expectWay(given.view, start, continuity);
      });
    });
  });

  test('orphans', async () => {
    await holds((given) => {
      eachStart(given, (start, { orphans }) => {
        expect(ids(given.view, orphans)).toEqual([...reference.orphans(given.graph, start)].sort());
        expectWay(given.view, start, orphans);
      });
    });
  });

  test.each(MODES)('the cut and the conflicts, where what can be read counts as known: %s', async (mode) => {
    await holds((given) => {
      const { graph, view } = given;
      for (const start of startsOf(given)) {
        const { cut, conflicts } = radiiOf(view, numbersOf(view, start), { rotateReadable: mode });
        const got = cut.members.map(({ entity }) => [view.idOf(entity), { foreign: cut.isForeign(entity) }]);
        expect(Object.fromEntries(got)).toEqual(Object.fromEntries(reference.cut(graph, start, mode)));
        expectWay(view, start, cut);
        const named = conflicts.map(({ entity, resolution, workloads }) => ({
          id: view.idOf(entity),
          resolution,
          workloads: workloads.map((workload) => view.idOf(workload)),
        }));
        expect(named).toEqual(reference.conflicts(graph, start, mode));
      }
    }, RUNS / 2);
  });

  test('blind spots, the unowned, and everybody’s exposure in numbers', async () => {
    await holds(({ graph, view, starts }) => {
      const unowned = [...unownedEntities(view)].filter((entity) => entity !== undefined);
      unowned.sort((a, b) => view.compare(a, b));
      expect(unowned.map((entity) => view.idOf(entity))).toEqual([...reference.unowned(graph)]);
      const humans = reference.humansOf(graph);
      const summaries = [
        ...exposureSummaries(
          view,
          humans.map((human) => view.numberOf(human)),
        ),
      ];
      for (const [at, human] of humans.entries()) {
        const exposed = reference.exposure(graph, human);
        const permissions = exposed
          .filter(({ id }) => graph.entities.get(id)?.kind === 'Resource')
          .map(({ level }) => level);
        expect(summaries[at]).toEqual({
          human: view.numberOf(human),
          exposed: exposed.length,
          highestPermission: Math.max(0, ...permissions),
        });
      }
      const sources = [...new Set([...graph.entities.values()].map((entity) => entity.source))];
      const reported = new Map(sources.map((source, at) => [source, at % 2 === 0 ? ['Token', 'Job'] : []]));
      const bySource = new Map(
        [...graph.entities.values()].map(({ id, source }) => {
          const number = view.sourceOf(view.numberOf(id));
          return [number, { number, id: source, reports: reported.get(source) ?? [], couldNotRead: [] }];
        }),
      );
      for (const start of starts) {
        const spots = blindSpots(view, view.numberOf(start), [...bySource.values()]);
        const named = spots.map(({ account, missing }) => ({ account: view.idOf(account), missing }));
        expect(named).toEqual(
          reference.blindSpots(graph, start, reported).map(({ account, missing }) => ({ account, missing })),
        );
      }
    });
  });

  test('who can reach an entity, and how', async () => {
    await holds(({ graph, view }) => {
      const known = new Map<string, readonly reference.Reach[]>();
      const exposureOf = (human: string) => {
        const exposed = known.get(human) ?? reference.exposure(graph, human);
        known.set(human, exposed);
        return exposed;
      };
      for (const id of [...graph.entities.keys()].filter((_, at) => at % 6 === 1)) {
        const reachers = whoCanReach(view, view.numberOf(id));
        const got = reachers.members.map(({ entity, level, distance }) => [
          view.idOf(entity),
          { level, distance },
        ]);
        const wanted = reference.whoCanReach(graph, id);
        expect(Object.fromEntries(got)).toEqual(Object.fromEntries(wanted));
        for (const { entity, distance } of reachers.members) {
          const path = reachers.pathFrom(entity);
          expect(path).toHaveLength(distance);
          const wantedPath = exposureOf(view.idOf(entity)).find((reach) => reach.id === id)?.path;
          expect(sequence(view, path)).toEqual(wantedPath);
        }
      }
    });
  });

  test('access paths between any two', async () => {
    await holds(({ graph, view, starts }) => {
      const targets = [...graph.entities.keys()].filter((_, at) => at % 9 === 5);
      for (const from of [...starts.slice(0, 1), ...targets.slice(0, 1)]) {
        for (const to of targets) {
          const paths = accessPaths(view, view.numberOf(from), view.numberOf(to), 3);
          const got = paths.map((steps) => sequence(view, steps));
          expect(got).toEqual(reference.accessPaths(graph, from, to, 3).map((path) => [...path]));
        }
      }
    });
  });
});
