import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RelationshipClaim } from '../../src/model/claims.js';
import { codeIdentity, codeOpen, type GraphRows } from '../../src/model/rows.js';
import type { EntityWrite } from '../../src/store/draft.js';
import type { Store } from '../../src/store/store.js';
import { claimOf, commit, EVERYTHING, entityOf, linkOf, type Open, on, sourceOf, T0 } from './fixtures.js';

const IDS = ['a', 'b', 'c', 'd'];
const TYPES = ['OWNS', 'CREATED'] as const;

/** One commit: which entities and relationships it writes, and how. */
interface Step {
  readonly entities: readonly { readonly at: number; readonly name: string; readonly dead: boolean }[];
  readonly relationships: readonly {
    readonly type: (typeof TYPES)[number];
    readonly from: number;
    readonly to: number;
    readonly claims: readonly RelationshipClaim[];
  }[];
  readonly aborted: boolean;
}

const place = fc.integer({ min: 0, max: IDS.length - 1 });
const claim = fc
  .record({ open: fc.boolean(), access: fc.boolean(), days: fc.integer({ min: 0, max: 3 }) })
  .map(({ days, ...said }) => ({ ...said, reportedAt: T0 + days }));
const arbitraryStep: fc.Arbitrary<Step> = fc.record({
  entities: fc.array(fc.record({ at: place, name: fc.constantFrom('x', 'y', 'z'), dead: fc.boolean() }), {
    maxLength: 3,
  }),
  relationships: fc.array(
    fc.record({
      type: fc.constantFrom(...TYPES),
      from: place,
      to: place,
      claims: fc
        .array(claim, { minLength: 1, maxLength: 3 })
        .map((said) => said.map((one, source) => claimOf({ ...one, source }))),
    }),
    { maxLength: 4 },
  ),
  aborted: fc.boolean(),
});

/** A state of the graph as a reader puts it together. */
type State = Record<string, unknown>;

const writeOf = ({ at, name, dead }: Step['entities'][number]): EntityWrite =>
  entityOf({ number: at + 1, id: IDS[at] as string, name, status: dead ? 'LEFT' : 'ACTIVE' });

/** Plays one step into the store and, unless it is aborted, into the plain state. */
async function play(store: Store, step: Step, state: State): Promise<State> {
  const draft = await store.write({ now: T0 });
  await draft.putEntities(step.entities.map(writeOf));
  await draft.putRelationships(
    step.relationships.map(({ type, from, to, claims }) => linkOf(type, from + 1, to + 1, ...claims)),
  );
  if (step.aborted) {
    await draft.abort();
    return state;
  }
  const next = { ...state };
  for (const { at, name, dead } of step.entities)
    next[IDS[at] as string] = `${name} ${dead ? 'LEFT' : 'ACTIVE'}`;
  for (const { type, from, to, claims } of step.relationships) next[`${type} ${from + 1} ${to + 1}`] = claims;
  await draft.commit([]);
  return next;
}

/** Reads a revision in the words of the plain state. */
async function readState(store: Store, at: number): Promise<State> {
  const state: State = {};
  const numbers = IDS.map((_, index) => index + 1);
  for (const entity of await store.entities(IDS, at)) {
    if (entity !== undefined) state[entity.id] = `${entity.name} ${entity.status}`;
  }
  const keys = TYPES.flatMap((type) =>
    numbers.flatMap((from) => numbers.map((to) => ({ type, from, to, permission: null }))),
  );
  for (const found of await store.relationships(keys, at)) {
    if (found !== undefined) state[`${found.type} ${found.from} ${found.to}`] = found.claims;
  }
  return state;
}

/** Lays batches over what an index holds: the way an index follows a store. */
function lay(index: Map<string, string | number>, { entities, relationships }: GraphRows): void {
  for (let at = 0; at < entities.count; at += 1) {
    index.set(`e${entities.entity[at]}`, `${entities.id[at]} ${entities.kind[at]} ${entities.flags[at]}`);
  }
  for (let at = 0; at < relationships.count; at += 1) {
    const code = relationships.code[at] as number;
    const key = `r${relationships.from[at]} ${codeIdentity(code)} ${relationships.to[at]}`;
    if (codeOpen(code)) index.set(key, code);
    else index.delete(key);
  }
}

async function indexOf(store: Store, ...stops: readonly number[]): Promise<unknown> {
  const index = new Map<string, string | number>();
  let since = 0;
  for (const until of stops) {
    for await (const rows of store.scan(since, until)) lay(index, rows);
    since = until;
  }
  return [...index].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Whatever is written in whatever order, the past stays, and an index can follow. */
export function history(open: Open): void {
  describe('history', () => {
    test('every revision answers for ever what it answered as the head, and scans add up', async () => {
      const property = fc.asyncProperty(fc.array(arbitraryStep, { maxLength: 8 }), async (steps) => {
        await on(open, async ({ store, reopen }) => {
          await commit(store, async (draft) => {
            await draft.putSource(sourceOf({ id: 'hr' }));
            await draft.assignNumbers(IDS);
          });
          const states: State[] = [{}, {}];
          for (const step of steps) {
            const { revision } = await store.head();
            const next = await play(store, step, states[revision] as State);
            if ((await store.head()).revision > revision) states.push(next);
          }
          const later = await reopen();
          const head = (await later.head()).revision;
          expect(head).toBe(states.length - 1);
          for (const [at, state] of states.entries()) expect(await readState(later, at)).toEqual(state);
          const each = states.map((_, at) => at);
          const whole = await indexOf(later, head);
          expect(await indexOf(later, ...each)).toEqual(whole);
          expect(await indexOf(later, Math.ceil(head / 2), head)).toEqual(whole);
          expect((await later.list(EVERYTHING, head)).total).toBe(
            IDS.filter((id) => states[head]?.[id] !== undefined).length,
          );
        })();
      });
      await fc.assert(property, { numRuns: 30 });
    });

    test(
      'a change too large to be noted row by row is scanned like a small one',
      on(open, async ({ store }) => {
        const size = 6000;
        const ids = Array.from({ length: size }, (_, at) => `e${at}`);
        const put = (name: string, open: boolean) =>
          commit(store, async (draft) => {
            const numbers = await draft.assignNumbers(ids);
            await draft.putEntities(
              numbers.map((number) => entityOf({ number, id: `e${number - 1}`, name })),
            );
            await draft.putRelationships(
              numbers.map((n) => linkOf('OWNS', n, 1, claimOf({ open: open || n % 2 === 0 }))),
            );
          });
        await put('one', true);
        await put('two', false);
        await commit(store, (draft) =>
          draft.putRelationships([linkOf('OWNS', 2, 1, claimOf({ open: false }))]),
        );
        expect(await indexOf(store, 1, 2, 3)).toEqual(await indexOf(store, 3));
        expect(await indexOf(store, 1, 3)).toEqual(await indexOf(store, 3));
        expect(((await indexOf(store, 3)) as unknown[]).length).toBe(size + size / 2 - 1);
      }),
    );
  });
}
