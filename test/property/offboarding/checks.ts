import { expect } from '@jest/globals';
import { actionsOf } from '../../../src/offboarding/case/case-documents.js';
import type { KeptPlan } from '../../../src/offboarding/case/kept-plan.js';
import { planOffboarding } from '../../../src/offboarding/case/plan-offboarding.js';
import { runCase } from '../../../src/offboarding/execute/run-case.js';
import { isSelfContained } from '../../../src/offboarding/plan/plan.js';
import * as reference from '../../reference/index.js';
import { checkInvariants } from '../../reference/offboarding/index.js';
import { person, type TestCaseContext } from '../../support/case-context.js';
import { summaryOf } from '../../support/plan-on-plain.js';
import { graphOf } from '../../support/store-graph.js';
import { begun, carriedOut, planNow, planned, type Town, told } from './leaving.js';
import { Mint } from './mint.js';

/** Somebody leaves each company of a town, one after another, in either mode; what became of each is looked at. */
async function leave(
  caseContext: TestCaseContext,
  { companies, prefixes }: Town,
  chosen: number,
  look: (given: {
    caseContext: TestCaseContext;
    id: string;
    human: string;
    plan: KeptPlan;
    before: reference.PlainGraph;
    mine: (id: string) => boolean;
  }) => Promise<void>,
): Promise<void> {
  for (const [at, prefix] of prefixes.entries()) {
    const { now } = companies[at]!;
    const head = await caseContext.store.head();
    const before = await graphOf(caseContext.store, now, head.revision, (id) => id.startsWith(prefix));
    const humans = reference.humansOf(before);
    const human = humans[chosen % humans.length]!;
    const successor = humans.find((other) => other !== human && reference.isLive(before, other)) ?? null;
    const mode = (at + chosen) % 2 === 0 ? 'SECURITY_FIRST' : 'CONTINUITY_FIRST';
    const one = await planned(caseContext, human, successor, mode);
    if (one === null) continue;
    const plan = await planNow(caseContext, one.id);
    const made = new Set(summaryOf(plan).provisioned);
    await begun(caseContext, one);
    const mine = (id: string) => id.startsWith(prefix) || made.has(id);
    await look({ caseContext, id: one.id, human, plan, before, mine });
  }
}

/** Self-contained tokens of a plan that are alive: nobody can revoke them, and they keep the case open. */
function irrevocable({ body }: KeptPlan, after: reference.PlainGraph): string[] {
  return body.actions
    .filter((action) => isSelfContained(action) && reference.isLive(after, action.entity))
    .map(({ entity }) => entity);
}

/** What the plan names, by the summary that the reference reads. Rotating changes what it is about. */
function summaryWithRotations(plan: KeptPlan) {
  const summary = summaryOf(plan);
  const rotated = plan.body.actions
    .filter(({ kind }) => kind === 'ROTATE_SECRET')
    .map(({ entity }) => entity);
  const entities = [...summary.namedChanges.entities, ...rotated];
  return { ...summary, namedChanges: { ...summary.namedChanges, entities } };
}

/**
 * Each case ends VERIFIED where the plain reading finds nothing against it, and doing it again changes nothing.
 *
 * @returns how many were verified: others keep a token that nobody can revoke.
 */
export async function endVerified(caseContext: TestCaseContext, town: Town, chosen: number): Promise<number> {
  let verified = 0;
  await leave(caseContext, town, chosen, async ({ id, human, plan, before, mine }) => {
    const one = await carriedOut(caseContext, id);
    const { revision } = await caseContext.store.head();
    const after = await graphOf(caseContext.store, before.now, revision, mine);
    if (irrevocable(plan, after).length > 0) expect(one.state).toBe('INCOMPLETE');
    else {
      const violations = checkInvariants({ before, after, human, plan: summaryWithRotations(plan) });
      const found = { ...(await told(caseContext, one)), violations };
      expect(found).toMatchObject({ state: 'VERIFIED', violations: [] });
      verified += 1;
    }
    expect(await runCase(caseContext, id)).toBeNull();
    expect((await caseContext.store.head()).revision).toBe(revision);
    expect((await actionsOf(caseContext.store.journal, id)).filter(({ sweep }) => sweep > 0)).toEqual([]);
  });
  return verified;
}

/** Each case sweeps what an import brings between every two steps, or does not say VERIFIED. */
export async function sweepAll(
  caseContext: TestCaseContext,
  town: Town,
  chosen: number,
): Promise<{ minted: number; verified: number }> {
  let [minted, verified] = [0, 0];
  await leave(caseContext, town, chosen, async ({ id, human, plan, before, mine }) => {
    const mint = new Mint(caseContext, human, plan, before);
    const one = await carriedOut(caseContext, id, () => mint.next());
    const { revision } = await caseContext.store.head();
    const known = (entity: string) => mine(entity) || mint.made.includes(entity);
    const after = await graphOf(caseContext.store, before.now, revision, known);
    minted += mint.made.length;
    if (irrevocable(plan, after).length > 0) return expect(one.state).toBe('INCOMPLETE');
    const spent = reference.spent(after);
    // What came of an account that is not ours alone is nobody's to end once it opens nothing.
    const alive = mint.made.filter((token) => reference.isLive(after, token) && !spent.has(token));
    const cut = [...reference.cut(after, human, 'sensitive').keys()];
    const found = {
      ...(await told(caseContext, one)),
      alive,
      reached: reference.exposure(after, human).map((reach) => reach.id),
      // An account that the company cannot disable stays, and reaches nothing.
      inCut: cut.filter(
        (entity) => reference.isLive(after, entity) && after.entities.get(entity)?.kind !== 'Account',
      ),
    };
    expect(found).toMatchObject({ state: 'VERIFIED', alive: [], reached: [], inCut: [] });
    verified += 1;
  });
  return { minted, verified };
}

/** The hash of the plan by which somebody leaves each company. */
export async function plansOf(
  caseContext: TestCaseContext,
  { companies, prefixes }: Town,
  chosen: number,
): Promise<string[]> {
  const { revision } = await caseContext.store.head();
  const hashes: string[] = [];
  for (const [at, prefix] of prefixes.entries()) {
    const graph = await graphOf(caseContext.store, companies[at]!.now, revision, (id) =>
      id.startsWith(prefix),
    );
    const humans = reference.humansOf(graph);
    const human = humans[chosen % humans.length]!;
    const one = await planOffboarding(caseContext, person('planner'), { human, reason: 'they leave' });
    hashes.push(one.planHash);
  }
  return hashes;
}
