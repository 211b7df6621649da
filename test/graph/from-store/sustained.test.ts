import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { StoreGraphProvider } from '../../../src/graph/from-store/store-provider.js';
import type { GraphQuery } from '../../../src/graph/graph-state.js';
import { openMemoryProvider } from '../../../src/graph/memory/memory-provider.js';
import { exposureOf } from '../../../src/graph/radii/exposure.js';
import { spentIn } from '../../../src/graph/radii/spent.js';
import { whoCanReach } from '../../../src/graph/radii/who-can-reach.js';
import { type Kind, STATUSES } from '../../../src/model/kinds.js';
import { isAllowedPair, RELATIONSHIP_TYPES, ruleOf } from '../../../src/model/relationships.js';
import type { SnapshotEntity, SnapshotRelationship } from '../../../src/model/snapshot.js';
import type { Store } from '../../../src/store/store.js';
import { document, importDocuments, NOW, withStore } from '../../import/support.js';

/** Asks a question of a store and counts how often the store is read for it. */
async function ask<T>(store: Store, question: GraphQuery<T>): Promise<{ answer: T; reads: number }> {
  let reads = 0;
  const counted = {
    head: () => store.head(),
    revisionAt: (at: number) => store.revisionAt(at),
    entities: (...asked: Parameters<Store['entities']>) => store.entities(...asked),
    expand: (...asked: Parameters<Store['expand']>) => {
      reads += 1;
      return store.expand(...asked);
    },
  };
  const state = await new StoreGraphProvider(counted).current(NOW);
  const answer = await state.query(question);
  return { answer, reads };
}

const DEPTH = 6;

/** A person with an account and tokens, each for a repository deep inside an organisation that a chain of teams owns. */
function company(sustains: boolean, people: number) {
  const says = sustains ? { sustains: true } : {};
  const all = Array.from({ length: people }, (_, at) => at);
  const chain = Array.from({ length: DEPTH }, (_, at) => at);
  const entities: SnapshotEntity[] = [
    ...chain.map((at) => ({ kind: 'ServiceIdentity' as const, id: `s${at}`, name: 's' })),
    ...chain.map((at) => ({ kind: 'Resource' as const, id: `org${at}`, name: 'org' })),
    ...all.flatMap((at) => [
      { kind: 'Human' as const, id: `h${at}`, name: 'h' },
      { kind: 'Account' as const, id: `a${at}`, name: 'a' },
      { kind: 'Token' as const, id: `t${at}`, name: 't' },
      { kind: 'Resource' as const, id: `r${at}`, name: 'r' },
    ]),
  ];
  const relationships: SnapshotRelationship[] = [
    ...chain.slice(1).flatMap((at): SnapshotRelationship[] => [
      { type: 'OWNS', from: `s${at - 1}`, to: `s${at}`, access: false, ...says },
      { type: 'CONTAINS', from: `org${at - 1}`, to: `org${at}`, ...says },
    ]),
    { type: 'OWNS', from: `s${DEPTH - 1}`, to: 'org0', access: false, ...says },
    ...all.flatMap((at): SnapshotRelationship[] => [
      { type: 'HAS_ACCOUNT', from: `h${at}`, to: `a${at}` },
      { type: 'ISSUED', from: `a${at}`, to: `t${at}`, ...says },
      { type: 'CAN_ACCESS', from: `t${at}`, to: `r${at}`, permission: 'READ' },
      { type: 'CONTAINS', from: `org${DEPTH - 1}`, to: `r${at}`, ...says },
    ]),
  ];
  return document('it', 1, entities, relationships);
}

const exposed = (view: Parameters<GraphQuery<unknown>>[0]) =>
  exposureOf(view, view.numberOf('h0')).members.map(({ entity }) => view.idOf(entity));

describe('what sustains things is read of a store', () => {
  test('only where something does, and all of one depth at once', () =>
    withStore(async (plain) => {
      await importDocuments(plain, [company(false, 3)]);
      const without = await ask(plain, exposed);
      await withStore(async (sustaining) => {
        await importDocuments(sustaining, [company(true, 3)]);
        const said = await ask(sustaining, exposed);
        expect(said.answer).toEqual(without.answer);
        expect(said.answer).toEqual(['a0', 't0', 'r0']);
        // The chain above the repository is longer than the walk, and is read a step at a time.
        expect(said.reads).toBeGreaterThan(without.reads);
        expect(said.reads).toBeLessThanOrEqual(without.reads + 2 * DEPTH + 1);
      });
    }));

  test('as often for many people as for one', () =>
    withStore(async (store) => {
      await importDocuments(store, [company(true, 60)]);
      const reachers = (view: Parameters<GraphQuery<unknown>>[0]) =>
        Array.from({ length: 60 }, (_, at) => whoCanReach(view, view.numberOf(`r${at}`)).members.length);
      const { answer, reads } = await ask(store, reachers);
      expect(answer.every((count) => count === 1)).toBe(true);
      expect(reads).toBeLessThan(30);
    }));
});

const KINDS: readonly Kind[] = [
  'Human',
  'Account',
  'ServiceIdentity',
  'Token',
  'Grant',
  'Resource',
  'Job',
  'Secret',
  'Group',
];
const ACYCLIC = ['CONTAINS', 'DELEGATED_TO'];

/** Small companies in which much sustains much. */
const companies = fc
  .array(fc.tuple(fc.constantFrom(...KINDS), fc.boolean(), fc.boolean()), { minLength: 4, maxLength: 14 })
  .chain((things) => {
    const place = fc.nat(things.length - 1);
    const link = fc.record({
      type: fc.constantFrom(...RELATIONSHIP_TYPES),
      from: place,
      to: place,
      sustains: fc.boolean(),
    });
    return fc.array(link, { minLength: 10, maxLength: 60 }).map((links) => {
      const entities = things.map(([kind, live, managed], at): SnapshotEntity => {
        const status = live ? {} : { status: STATUSES[kind].ended };
        return { kind, id: `e${at}`, name: kind, ...status, ...(kind === 'Account' ? { managed } : {}) };
      });
      const kindAt = (at: number) => things[at]![0];
      const granted = new Set<number>();
      const relationships = links
        .filter(({ type, from, to }) => isAllowedPair(type, kindAt(from), kindAt(to)))
        .filter(({ type, from, to }) => from !== to && (from < to || !ACYCLIC.includes(type)))
        // A grant has one granter.
        .filter(({ type, to }) => type !== 'GRANTED' || (!granted.has(to) && granted.add(to)))
        .map(({ type, from, to, sustains }): [string, SnapshotRelationship] => [
          `${type} ${from} ${to}`,
          {
            type,
            from: `e${from}`,
            to: `e${to}`,
            ...(ruleOf(type).properties.includes('sustains') ? { sustains } : {}),
          },
        ]);
      return {
        ids: entities.map(({ id }) => id),
        document: document('it', 1, entities, [...new Map(relationships).values()]),
      };
    });
  });

describe('in any company', () => {
  test('the answers from the store are those from memory', () =>
    fc.assert(
      fc.asyncProperty(companies, ({ ids, document }) =>
        withStore(async (store) => {
          await importDocuments(store, [document]);
          const whole = await openMemoryProvider(store).current(NOW);
          for (const id of ids) {
            const said = (view: Parameters<GraphQuery<unknown>>[0]) => {
              const entity = view.numberOf(id);
              return {
                effective: view.isEffective(entity),
                spent: spentIn(view).has(entity),
                exposed: exposureOf(view, entity).members,
                reachers: whoCanReach(view, entity).members,
              };
            };
            expect([id, (await ask(store, said)).answer]).toEqual([id, said(whole)]);
          }
        }),
      ),
      { numRuns: 60 },
    ));
});
