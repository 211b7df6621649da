import { describe, expect, test } from '@jest/globals';
import { StoreGraphProvider } from '../../src/graph/from-store/store-provider.js';
import { requireCase } from '../../src/offboarding/case/case-documents.js';
import { type CaseContextParts, importAt, withCaseContext } from '../support/case-context.js';
import { carryOut, type Outcome, plan } from './depart.js';
import { documentOf, type FieldCase, fieldCases, type RightPlan } from './field.js';
import { notYet } from './field-not-yet.js';

/** Where the graph thinks: all of it in memory, or piece by piece in the store. */
const PLACES: readonly (readonly [string, CaseContextParts])[] = [
  ['memory', {}],
  ['the store', { graphsOf: (store) => new StoreGraphProvider(store) }],
];

const leavers = fieldCases.filter(
  (one): one is FieldCase & { plan: RightPlan } =>
    one.plan !== undefined && notYet.plan[one.name] === undefined,
);

/** A departure of a case, with the name of the case before every id. */
function departureOf({
  name,
  title,
  human,
  mode,
  successor,
  lastWorkingDay,
  decided = [],
  clock,
}: FieldCase) {
  const full = (id: string) => `${name}/${id}`;
  return {
    ...{ title, clock, human: full(human) },
    ...(mode === undefined ? {} : { mode }),
    ...(successor === undefined ? {} : { successor: full(successor) }),
    ...(lastWorkingDay === undefined ? {} : { lastWorkingDay }),
    decided: decided.map(({ entity, managedIdentity, ...said }) => ({
      ...{ ...said, entity: full(entity) },
      ...(managedIdentity === undefined ? {} : { managedIdentity: full(managedIdentity) }),
    })),
  };
}

function expectPlan(right: RightPlan, { plan: found, after }: Outcome): void {
  expect({ decisions: [...found.decisions].sort(), following: found.following }).toEqual({
    decisions: [...right.decisions].sort(),
    following: right.following,
  });
  const begins = (words: string) => found.actions.some((action) => `${action} `.startsWith(`${words} `));
  expect({ has: right.has.filter(begins), actions: found.actions }).toEqual({
    has: right.has,
    actions: found.actions,
  });
  expect(right.hasNot.filter(begins)).toEqual([]);
  const place = (words: string) => found.actions.findIndex((action) => `${action} `.includes(` ${words} `));
  for (const [first, then] of right.order) {
    expect([first, then, place(first) < place(then) && place(first) >= 0]).toEqual([first, then, true]);
  }
  expect(found.noted).toEqual(expect.arrayContaining([...right.noted]));
  expect(after.ended).toEqual(expect.arrayContaining([...right.ended]));
  expect(after.begun).toEqual(expect.arrayContaining([...right.begun]));
  expect({ state: after.state, stopped: after.stopped }).toEqual({ state: right.state, stopped: [] });
  const failed = after.invariants.filter((line) => !/^I\d true/.test(line));
  if (right.state === 'VERIFIED') expect(failed).toEqual([]);
}

describe.each(PLACES)('with the graph in %s', (_place, parts) => {
  test.each(leavers)('$name $title', async (one) => {
    const { name, clock, plan: right, residual = [], afterwards, later = [] } = one;
    await withCaseContext(
      [documentOf(one)],
      async (caseContext) => {
        const planned = await plan(caseContext, departureOf(one));
        const full = await carryOut(caseContext, planned);
        const outcome = JSON.parse(JSON.stringify(full).replaceAll(`${name}/`, '')) as Outcome;
        expectPlan(right, outcome);
        for (const left of residual) expect(outcome.after.residual.join('\n')).toContain(` ${left} `);
        if (afterwards !== undefined) expect(outcome.later?.state).toBe(afterwards);
        for (const { at, state, ...changed } of later) {
          caseContext.clock.moveTo(at);
          await importAt(caseContext, [documentOf(one, at, changed)]);
          const { state: now } = await requireCase(caseContext.store.journal, planned.one.id);
          expect({ at, state: now }).toEqual({ at, state });
        }
      },
      { ...parts, now: clock },
    );
  });
});
