import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { exposureOf } from '../../../src/graph/radii/exposure.js';
import { spentIn } from '../../../src/graph/radii/spent.js';
import { whoCanReach } from '../../../src/graph/radii/who-can-reach.js';
import type { GraphView } from '../../../src/graph/view.js';
import { entityOf, startAt, walk } from '../../../src/graph/walk/walk.js';
import { NOW } from '../../reference/draft.js';
import { drawn } from '../../support/drawn.js';
import { indexOf } from '../../support/plain-index.js';

const OWN = { managed: false };
const own = ['Account', OWN] as const;

async function spent(...picture: Parameters<typeof drawn>): Promise<string[]> {
  const graph = drawn(...picture);
  const view = (await indexOf(graph)).at(NOW);
  const found = [...graph.entities.keys()].filter((id) => spentIn(view).has(view.numberOf(id))).sort();
  // None of it is in an exposure, and nobody reaches it.
  for (const id of found) expect(whoCanReach(view, view.numberOf(id)).members).toEqual([]);
  for (const human of ['h', 'other'].filter((id) => graph.entities.has(id))) {
    const exposed = exposureOf(view, view.numberOf(human)).members.map(({ entity }) => view.idOf(entity));
    expect(exposed.filter((id) => found.includes(id))).toEqual([]);
  }
  return found;
}

describe('an account of a person’s own is spent', () => {
  const things = { h: 'Human', a: own, pat: 'Token', consent: 'Grant', child: 'Token', repo: 'Resource' };
  const lines = [
    'h HAS_ACCOUNT a',
    'a ISSUED pat',
    'a GRANTED consent',
    'consent ISSUED child',
    'pat DELEGATED_TO child',
  ];
  const all = ['a', 'child', 'consent', 'pat'];

  test('with its grants and tokens, once they reach nothing of the company', async () => {
    expect(await spent(things, lines)).toEqual(all);
    expect(await spent(things, [...lines, 'child CAN_ACCESS repo READ ended'])).toEqual(all);
    expect(await spent({ ...things, repo: 'Resource RETIRED' }, [...lines, 'child CAN_ACCESS repo'])).toEqual(
      all,
    );
  });

  test('not while one of them reaches anything', async () => {
    expect(await spent(things, [...lines, 'child CAN_ACCESS repo READ'])).toEqual([]);
    expect(await spent(things, [...lines, 'a CAN_ACCESS repo READ'])).toEqual([]);
    // Also where the account is disabled there: its tokens go on working.
    const disabled = { ...things, a: ['Account DISABLED', OWN] as const };
    expect(await spent(disabled, [...lines, 'pat CAN_ACCESS repo READ'])).toEqual([]);
    expect(await spent(disabled, [...lines, 'a CAN_ACCESS repo READ'])).toEqual(all);
  });

  test('with what came from it alone: what somebody else gave as well keeps it', async () => {
    const shared = { ...things, managed: 'Account', other: 'Human' };
    // The token that both issued is reached, and is not of the set.
    expect(await spent(shared, [...lines, 'managed ISSUED pat'])).toEqual([]);
    // A token that has ended is of no use to anybody, and does not keep it.
    const dead = { ...shared, pat: 'Token REVOKED', child: 'Token REVOKED' };
    expect(await spent(dead, [...lines, 'managed ISSUED pat'])).toEqual(['a', 'consent']);
  });

  test('only together with the accounts that it reaches', async () => {
    const two = { ...things, b: own, note: 'Secret', other: 'Human' };
    const both = [...lines, 'other HAS_ACCOUNT b', 'a OWNS b'];
    expect(await spent(two, both)).toEqual(['a', 'b', 'child', 'consent', 'pat']);
    expect(await spent(two, [...both, 'b CAN_ACCESS repo'])).toEqual([]);
    // In a circle each needs the other.
    expect(await spent(two, [...both, 'b OWNS a'])).toEqual(['a', 'b', 'child', 'consent', 'pat']);
    expect(await spent(two, [...both, 'b OWNS a', 'b CAN_READ note'])).toEqual([]);
    expect(await spent(two, [...both.slice(0, -1), 'b CAN_READ note'])).toEqual(all);
  });

  test('where what it reached ended with something else', async () => {
    const org = { ...things, org: 'Resource RETIRED' };
    const reaching = [...lines, 'pat CAN_ACCESS repo'];
    expect(await spent(org, [...reaching, 'org CONTAINS repo'])).toEqual([]);
    expect(await spent(org, [...reaching, 'org CONTAINS repo sustains'])).toEqual(all);
  });

  test('a token that nothing is known to have issued came from nobody’s own account', async () => {
    expect(await spent({ h: 'Human', stray: 'Token' }, ['h KNOWS stray'])).toEqual([]);
  });
});

/** Everything effective that the walk from an account reaches. */
function exposedBy(view: GraphView, id: string): string[] {
  const reached = new Set(walk(view, startAt(view, view.numberOf(id))).states.map(entityOf));
  return [...reached].filter((entity) => view.isEffective(entity)).map((entity) => view.idOf(entity));
}

/** Accounts that own one another, tokens that several of them issued, and one thing of the company. */
const pictures = fc.integer({ min: 1, max: 6 }).chain((accounts) => {
  const account = fc.nat(accounts - 1).map((at) => `a${at}`);
  const token = fc.nat(3).map((at) => `t${at}`);
  const line = fc.oneof(
    fc.tuple(account, fc.constant('OWNS'), account),
    fc.tuple(account, fc.constant('ISSUED'), token),
    fc.tuple(token, fc.constant('CREDENTIAL_OF'), account),
    fc.tuple(account, fc.constant('KNOWS'), token),
    fc.tuple(fc.oneof(account, token), fc.constant('CAN_ACCESS'), fc.constant('repo')),
  );
  return fc.tuple(
    fc.array(fc.boolean(), { minLength: accounts, maxLength: accounts }),
    fc.array(line, { maxLength: 14 }),
  );
});

describe('in any graph', () => {
  test('it is the largest set, whichever is asked first', () =>
    fc.assert(
      fc.asyncProperty(pictures, fc.boolean(), async ([live, lines], backwards) => {
        const accounts = live.map(
          (is, at) => [`a${at}`, [is ? 'Account' : 'Account DISABLED', OWN]] as const,
        );
        const tokens = ['t0', 't1', 't2', 't3'].map((id) => [id, 'Token'] as const);
        const things = Object.fromEntries([...accounts, ...tokens, ['repo', 'Resource'] as const]);
        const one = [...new Set(lines.map((line) => line.join(' ')))];
        const view = (await indexOf(drawn(things, one))).at(NOW);
        // Take away, again and again, what reaches something effective outside, and what came from outside.
        const reachedFrom = new Map<string, string[]>(
          accounts.map(([id]) => [id, exposedBy(view, id).filter((other) => other !== id)] as const),
        );
        const issuers = (id: string) =>
          one.map((line) => line.split(' ')).filter(([, type, to]) => type === 'ISSUED' && to === id);
        const set = new Set([...accounts, ...tokens].map(([id]) => id));
        for (let before = -1; before !== set.size; ) {
          before = set.size;
          for (const id of [...set]) {
            const from = issuers(id);
            const came = id.startsWith('a') || (from.length > 0 && from.every(([by]) => set.has(by!)));
            if (!came || (reachedFrom.get(id) ?? []).some((other) => !set.has(other))) set.delete(id);
          }
        }
        const ids = backwards ? Object.keys(things).reverse() : Object.keys(things);
        expect(ids.filter((id) => spentIn(view).has(view.numberOf(id))).sort()).toEqual([...set].sort());
      }),
      { numRuns: 500 },
    ));
});
