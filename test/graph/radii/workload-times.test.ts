import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isWorkload } from '../../../src/graph/kind-codes.js';
import { brokenNow } from '../../../src/graph/radii/continuity.js';
import { RotationUnits } from '../../../src/graph/radii/rotation-units.js';
import { whyBroken } from '../../../src/graph/radii/why-broken.js';
import { ALREADY, NEVER, workloadTimes } from '../../../src/graph/radii/workload-times.js';
import type { GraphView } from '../../../src/graph/view.js';
import { RULES } from '../../../src/model/relationships.js';
import { codeType } from '../../../src/model/rows.js';
import { NOW } from '../../reference/draft.js';
import { onBothViews } from '../../support/both-views.js';
import { drawn } from '../../support/drawn.js';
import { indexOf } from '../../support/plain-index.js';

const until = (expiresAt: number) => ['Token', { expiresAt }] as const;

/** Of each workload: when it does not work any more, and by what. */
const asked =
  (...workloads: readonly string[]) =>
  (view: GraphView) =>
    Object.fromEntries(
      workloads.map((id) => {
        const workload = view.numberOf(id);
        const at = workloadTimes(view).of(workload);
        if (at === NEVER) return [id, 'works'];
        const path = whyBroken(view, workload, at);
        const [first] = path;
        const words = path.map(
          ({ code, to, against }) => `${against ? '<' : ''}${RULES[codeType(code)]!.type} ${view.idOf(to)}`,
        );
        const from = first === undefined ? 'itself' : [view.idOf(first.from), ...words].join(', ');
        return [id, `${at === ALREADY ? 'now' : at - NOW}: ${from}`];
      }),
    );

describe('when a workload stops working', () => {
  test('now, where it has ended, or what it requires has', async () => {
    const graph = drawn(
      {
        ...{ ended: 'App SUSPENDED', job: 'Job', web: 'App', fine: 'Job', key: 'Token REVOKED' },
        ...{ old: until(NOW), vault: 'Secret', copy: 'Secret', user: 'App' },
      },
      [
        ...['job USES key', 'web DEPENDS_ON job', 'fine USES key optional'],
        ...['old STORED_IN copy', 'vault COPY_OF copy', 'user USES vault'],
      ],
    );
    expect(await onBothViews(graph, asked('ended', 'job', 'web', 'fine', 'user'))).toEqual({
      ended: 'now: itself',
      job: 'now: key, <USES job',
      web: 'now: key, <USES job, <DEPENDS_ON web',
      fine: 'works',
      user: 'now: old, STORED_IN copy, <COPY_OF vault, <USES user',
    });
  });

  test('at the last of the tokens that a secret stores, not at the first that expires', async () => {
    const graph = drawn(
      {
        one: until(NOW + 10),
        two: until(NOW + 30),
        key: until(NOW + 20),
        vault: 'Secret',
        job: 'Job',
        cron: 'Job',
      },
      ['one STORED_IN vault', 'two STORED_IN vault', 'job USES vault', 'cron USES vault', 'cron USES key'],
    );
    expect(await onBothViews(graph, asked('job', 'cron'))).toEqual({
      job: '30: two, STORED_IN vault, <USES job'.replace('two', 'one'),
      cron: '20: key, <USES cron',
    });
  });

  test('with the last job that triggers it, and with what sustains what it needs', async () => {
    const graph = drawn(
      {
        ...{ early: until(NOW + 5), late: until(NOW + 9), child: 'Token', both: 'Token' },
        ...{ a: 'Job', b: 'Job', c: 'Job', d: 'Job', e: 'Job' },
      },
      [
        ...['early DELEGATED_TO child sustains', 'early DELEGATED_TO both sustains'],
        ...['late DELEGATED_TO both sustains', 'a USES child', 'b USES both'],
        ...['a TRIGGERS c', 'b TRIGGERS c', 'a TRIGGERS d', 'e TRIGGERS d'],
      ],
    );
    expect(await onBothViews(graph, asked('a', 'b', 'c', 'd'))).toEqual({
      a: '5: early, DELEGATED_TO child, <USES a',
      b: '9: early, DELEGATED_TO both, <USES b',
      c: '9: early, DELEGATED_TO child, <USES a, TRIGGERS c',
      d: 'works',
    });
  });

  test('never, where it is only broken workloads that sustain or store what it needs', async () => {
    const graph = drawn({ key: until(NOW + 5), app: 'App', own: 'Token', job: 'Job' }, [
      ...['app USES key', 'app ISSUED own sustains', 'job USES own'],
    ]);
    expect(await onBothViews(graph, asked('app', 'job'))).toEqual({
      app: '5: key, <USES app',
      job: 'works',
    });
  });

  test('now, by a person who left and alone sustained what it runs as', async () => {
    const graph = drawn({ gone: 'Human LEFT', bot: 'ServiceIdentity', job: 'Job' }, [
      ...['gone OWNS bot sustains', 'job RUNS_AS bot'],
    ]);
    expect(await onBothViews(graph, asked('job'))).toEqual({ job: 'now: gone, OWNS bot, <RUNS_AS job' });
  });
});

/** The relationships that random graphs have, by the kinds at their ends. */
const EDGES: Readonly<Record<string, readonly string[]>> = {
  'Job Token': ['USES', 'USES optional'],
  'App Token': ['USES', 'ISSUED sustains'],
  'Job Secret': ['USES', 'DEPENDS_ON'],
  'App Secret': ['USES'],
  'Job Job': ['TRIGGERS', 'DEPENDS_ON'],
  'App App': ['DEPENDS_ON'],
  'Job App': ['DEPENDS_ON'],
  'Job ServiceIdentity': ['RUNS_AS', 'RUNS_AS optional'],
  'Token Secret': ['STORED_IN'],
  'Secret Secret': ['COPY_OF'],
  'Token Token': ['DELEGATED_TO sustains'],
  'ServiceIdentity Token': ['ISSUED sustains', 'ISSUED'],
  'Account ServiceIdentity': ['OWNS sustains'],
  'ServiceIdentity ServiceIdentity': ['OWNS sustains'],
  'ServiceIdentity App': ['OWNS sustains'],
  'Account Token': ['ISSUED sustains'],
};
const KINDS = ['Token', 'Secret', 'Job', 'App', 'ServiceIdentity', 'Account'] as const;
/** The last moment at which a token of a random graph expires; one whose life is longer never does. */
const LAST = 5;

/** A thing of a random graph: dead where `life` is negative; a token lives so long. */
const thing = fc.record({ kind: fc.constantFrom(...KINDS), life: fc.integer({ min: -1, max: LAST + 1 }) });
type Thing = typeof thing extends fc.Arbitrary<infer T> ? T : never;

function drawnThing({ kind, life }: Thing): readonly [string, { expiresAt?: number }] {
  const ended: Partial<Record<Thing['kind'], string>> = { Token: ' REVOKED', Account: ' DISABLED' };
  const status = life < 0 ? (ended[kind] ?? '') : '';
  return [kind + status, kind === 'Token' && life <= LAST ? { expiresAt: NOW + life } : {}];
}

const randomGraph = fc
  .record({
    things: fc.array(thing, { minLength: 2, maxLength: 14 }),
    links: fc.array(fc.tuple(fc.nat(13), fc.nat(13), fc.nat(3)), { maxLength: 40 }),
  })
  .map(({ things, links }) => {
    const lines = new Map<string, string>();
    for (const [from, to, which] of links) {
      const types = EDGES[`${things[from]?.kind} ${things[to]?.kind}`];
      if (types === undefined || from === to) continue;
      const [name, ...words] = types[which % types.length]!.split(' ');
      lines.set(`e${from} ${name} e${to}`, words.join(' '));
    }
    const entities = Object.fromEntries(things.map((one, at) => [`e${at}`, drawnThing(one)]));
    return drawn(
      entities,
      [...lines].map(([line, words]) => `${line} ${words}`),
    );
  });

/** The path hangs together, and leads from something that has ended to the workload. */
function expectCause(view: GraphView, then: GraphView, workload: number, at: number): void {
  const path = whyBroken(view, workload, at);
  let place = path[0]?.from ?? workload;
  expect(then.isLive(place)).toBe(false);
  for (const step of path) {
    expect(step.from).toBe(place);
    place = step.to;
  }
  expect(place).toBe(workload);
}

test('on random graphs it is the first moment at which the workload is broken, and the path says why', async () => {
  const moments = Array.from({ length: LAST + 1 }, (_, at) => NOW + at);
  const property = fc.asyncProperty(randomGraph, async (graph) => {
    const index = await indexOf(graph);
    const view = index.at(NOW);
    const workloads = [...graph.entities.keys()]
      .map((id) => view.numberOf(id))
      .filter((one) => isWorkload(view.kindOf(one)));
    const isBroken = (workload: number, now: number) => {
      const then = index.at(now);
      return brokenNow(then, new RotationUnits(then), workloads).has(workload);
    };
    for (const workload of workloads) {
      const first = moments.find((moment) => isBroken(workload, moment)) ?? NEVER;
      const time = workloadTimes(view).of(workload);
      expect(time).toBe(first === NOW ? ALREADY : first);
      if (time !== NEVER) expectCause(view, index.at(first), workload, time);
    }
  });
  await fc.assert(property, { numRuns: Number(process.env.PROPERTY_RUNS ?? 300) });
});
