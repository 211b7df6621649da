import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { GraphView } from '../../src/graph/view.js';
import { type Kind, STATUSES } from '../../src/model/kinds.js';
import { isAllowedPair, RULES } from '../../src/model/relationships.js';
import type { Change } from '../../src/offboarding/plan/change.js';
import { OverlayView } from '../../src/offboarding/plan/overlay-view.js';
import { NOW } from '../reference/draft.js';
import { isLive, type PlainGraph } from '../reference/index.js';
import { drawn } from '../support/drawn.js';
import { indexInSteps, indexOf } from '../support/plain-index.js';

const effectiveIn = (view: GraphView, ids: Iterable<string>) =>
  [...ids].filter((id) => view.isEffective(view.numberOf(id))).sort();

async function effective(...picture: Parameters<typeof drawn>): Promise<string[]> {
  const graph = drawn(...picture);
  return effectiveIn((await indexOf(graph)).at(NOW), graph.entities.keys());
}

describe('what is effective', () => {
  test('is what is live, where nothing says that it sustains', async () => {
    const things = { h: 'Human LEFT', bot: 'ServiceIdentity', dead: 'Job RETIRED' };
    expect(await effective(things, ['h OWNS bot', 'h OWNS dead'])).toEqual(['bot']);
  });

  test('ends with the last thing that sustains it', async () => {
    const things = { left: 'Human LEFT', here: 'Human', one: 'Job', two: 'Job', three: 'Job' };
    const owned = [
      'left OWNS one sustains',
      'left OWNS two sustains',
      'here OWNS two sustains',
      // An owner who does not sustain does not help, and an ended relationship sustains nothing.
      'left OWNS three sustains',
      'here OWNS three',
      'here OWNS one sustains ended',
    ];
    expect(await effective(things, owned)).toEqual(['here', 'two']);
  });

  test('passes on from one to the next, and the Resource sustains the Job that it defines', async () => {
    const things = { a: 'Account DISABLED', org: 'Resource', repo: 'Resource', job: 'Job', bot: 'Token' };
    const chain = [
      'a OWNS org sustains',
      'org CONTAINS repo sustains',
      'job DEFINED_IN repo sustains',
      'a ISSUED bot',
    ];
    expect(await effective(things, chain)).toEqual(['bot']);
    expect(await effective({ ...things, a: 'Account' }, chain)).toHaveLength(5);
  });

  test('two that sustain each other keep each other, and what hangs on them, as long as both are live', async () => {
    const ring = ['one OWNS two sustains', 'two OWNS one sustains', 'two OWNS app sustains'];
    const things = { one: 'ServiceIdentity', two: 'ServiceIdentity', app: 'App' };
    expect(await effective(things, ring)).toEqual(['app', 'one', 'two']);
    expect(await effective({ ...things, one: 'ServiceIdentity RETIRED' }, ring)).toEqual([]);
  });

  test('goes with the clock: a token that has expired sustains nothing', async () => {
    const things = { parent: ['Token', { expiresAt: NOW + 10 }] as const, child: 'Token' };
    const index = await indexOf(drawn(things, ['parent DELEGATED_TO child sustains']));
    expect(effectiveIn(index.at(NOW + 9), ['child'])).toEqual(['child']);
    expect(effectiveIn(index.at(NOW + 10), ['child'])).toEqual([]);
  });

  test('of a long chain, without a deep stack', async () => {
    const names = Array.from({ length: 50_000 }, (_, at) => `r${at}`);
    const resources = Object.fromEntries(names.map((name) => [name, 'Resource']));
    const chain = names.slice(1).map((name, at) => `r${at} CONTAINS ${name} sustains`);
    const graph = drawn({ ...resources, r0: 'Resource RETIRED' }, chain);
    const view = (await indexOf(graph)).at(NOW);
    expect(view.isEffective(view.numberOf(names.at(-1)!))).toBe(false);
    const alive = new OverlayView(view, [{ change: 'SET_STATUS', entity: 'r0', status: 'ACTIVE' }]);
    expect(alive.isEffective(view.numberOf(names.at(-1)!))).toBe(true);
  });

  test('is computed anew where a plan ends and opens relationships', async () => {
    const graph = drawn({ h: 'Human', next: 'Human', bot: 'ServiceIdentity', key: 'Token' }, [
      'h OWNS bot sustains',
      'bot ISSUED key sustains',
    ]);
    const view = (await indexOf(graph)).at(NOW);
    const owns = (from: string) => ({ type: 'OWNS' as const, from, to: 'bot' });
    const left: Change = { change: 'SET_STATUS', entity: 'h', status: 'LEFT' };
    const over = new OverlayView(view, [left]);
    expect(effectiveIn(over, graph.entities.keys())).toEqual(['next']);
    const handed: readonly Change[] = [
      left,
      { change: 'END', relationship: owns('h') },
      { change: 'OPEN', relationship: { ...owns('next'), sustains: true } },
    ];
    expect(effectiveIn(new OverlayView(view, handed), graph.entities.keys())).toEqual(['bot', 'key', 'next']);
    // Where nothing sustains it any more, nothing takes it away.
    expect(effectiveIn(new OverlayView(view, handed.slice(0, 2)), ['bot', 'key'])).toEqual(['bot', 'key']);
  });
});

const KINDS_USED: readonly Kind[] = [
  'Human',
  'Account',
  'ServiceIdentity',
  'Token',
  'Resource',
  'Job',
  'Group',
];
const SUSTAINING = RULES.filter(({ sustainer }) => sustainer !== null).map(({ type }) => type);

/** Few entities with many relationships among them: rings, chains and dead ends. */
const pictures = fc
  .array(fc.tuple(fc.constantFrom(...KINDS_USED), fc.boolean()), { minLength: 2, maxLength: 8 })
  .chain((kinds) => {
    const place = fc.nat(kinds.length - 1);
    const says = fc.record({
      from: place,
      to: place,
      type: fc.constantFrom(...SUSTAINING),
      open: fc.boolean(),
    });
    const sustains = fc.boolean();
    return fc.array(fc.tuple(says, sustains), { maxLength: 24 }).map((relations): PlainGraph => {
      const things = kinds.map(([kind, live], at) => [
        `e${at}`,
        live ? kind : `${kind} ${STATUSES[kind].ended}`,
      ]);
      const lines = relations
        .filter(([{ from, to, type }]) => isAllowedPair(type, kinds[from]![0], kinds[to]![0]))
        .map(
          ([{ from, to, type, open }, does]) =>
            `e${from} ${type} e${to}${open ? '' : ' ended'}${does ? ' sustains' : ''}`,
        );
      // At most one relationship of a type between two.
      const one = [...new Map(lines.map((line) => [line.split(' ').slice(0, 3).join(' '), line])).values()];
      return drawn(Object.fromEntries(things), one);
    });
  });

/** By the letter: take away what is not live, then again and again what nothing effective sustains. */
function byTheLetter(graph: PlainGraph): string[] {
  const found = new Set([...graph.entities.keys()].filter((id) => isLive(graph, id)));
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const id of [...found]) {
      const sustainers = graph.relationships
        .filter(({ open, sustains }) => open && sustains)
        .map(({ type, from, to }) => (type === 'DEFINED_IN' ? [to, from] : [from, to]))
        .filter(([, sustained]) => sustained === id);
      if (sustainers.length > 0 && sustainers.every(([from]) => !found.has(from!))) found.delete(id);
    }
  }
  return [...found].sort();
}

describe('in any graph', () => {
  test('it is so by the letter, in a state loaded whole, reached in steps, or with changes laid over it', () =>
    fc.assert(
      fc.asyncProperty(pictures, fc.array(fc.nat(7), { maxLength: 3 }), async (graph, ending) => {
        const ids = [...graph.entities.keys()];
        const wanted = byTheLetter(graph);
        for (const make of [indexOf, indexInSteps]) {
          const view = (await make(graph)).at(NOW);
          // Asked in either order: what is known of one must not mislead another.
          expect(effectiveIn(view, ids)).toEqual(wanted);
          expect(effectiveIn((await make(graph)).at(NOW), [...ids].reverse())).toEqual(wanted);
          const ended = ids.filter((_, at) => ending.includes(at));
          const after = new Map(graph.entities);
          for (const id of ended) {
            const entity = after.get(id)!;
            after.set(id, { ...entity, status: STATUSES[entity.kind].ended });
          }
          const changes = ended.map((entity): Change => {
            const { kind } = graph.entities.get(entity)!;
            return { change: 'SET_STATUS', entity, status: STATUSES[kind].ended };
          });
          expect(effectiveIn(new OverlayView(view, changes), ids)).toEqual(
            byTheLetter({ ...graph, entities: after }),
          );
        }
      }),
      { numRuns: 500 },
    ));
});
