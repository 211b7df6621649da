import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { importSnapshots } from '../../src/import/index.js';
import { TendrilError } from '../../src/model/errors.js';
import type { SnapshotDocument } from '../../src/model/snapshot.js';
import { approvePlan } from '../../src/offboarding/case/approve-plan.js';
import type { Case } from '../../src/offboarding/case/case.js';
import { actionsOf, planOf, requireCase } from '../../src/offboarding/case/case-documents.js';
import { decide } from '../../src/offboarding/case/decide.js';
import { planOffboarding } from '../../src/offboarding/case/plan-offboarding.js';
import { executeOffboarding } from '../../src/offboarding/execute/execute.js';
import { finishAction } from '../../src/offboarding/execute/finish-action.js';
import { runCase } from '../../src/offboarding/execute/run-case.js';
import { waive } from '../../src/offboarding/execute/waive.js';
import type { Mode } from '../../src/offboarding/plan/plan.js';
import type { Answer, Order } from '../../src/sources/actuator.js';
import { exported } from '../import/support.js';
import { attestAll } from '../offboarding/execute/carry-out.js';
import { done, Outside } from '../offboarding/execute/outside.js';
import { BUILT_INTO_PLANS } from '../reference/built.js';
import * as reference from '../reference/index.js';
import { person, type TestCaseContext, withCaseContext } from '../support/case-context.js';
import { companyArbitrary } from './arbitrary/company.js';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 60);
const LATER = '2099-01-01T00:00:00.000Z';

/** What a source does with an order depends on what is ordered alone: a number below 100. */
const lot = (order: Order, salt: number): number =>
  createHash('sha256').update(`${salt} ${order.kind} ${order.entity.id}`).digest()[0]! % 100;

/** Sources that flap, begin, leave it to people and, where they may, refuse. */
function manner(salt: number, refuses: boolean): (order: Order, asked: number) => Answer {
  return (order, asked) => {
    const drawn = lot(order, salt);
    if (drawn < 20 && asked <= drawn % 4) return { outcome: 'RETRY', why: 'busy', after: null };
    if (drawn < 30) return { outcome: 'BEGUN', reference: null };
    if (drawn < 45) return { outcome: 'FOR_A_PERSON' };
    if (drawn < 55 && refuses) return { outcome: 'REFUSED', why: 'no' };
    return drawn < 60 ? { ...done, already: true } : done;
  };
}

/** A case that is approved, with everything decided that was to review; null where that cannot be. */
async function approvedCase(
  caseContext: TestCaseContext,
  human: string,
  mode: Mode,
  heir: string,
): Promise<Case | null> {
  const asked = { human, mode, successor: heir, reason: 'leaves' };
  let one = await planOffboarding(caseContext, person('pia'), asked);
  const { needsDecision } = await planOf(caseContext.store.journal, one);
  for (const entity of needsDecision) {
    for (const action of ['REHOME', 'TRANSFER', 'RETIRE'] as const) {
      const given = { offboarding: one.id, entity, action, reason: 'so' };
      const decided = await decide(caseContext, person('pia'), given).catch(refusedOnly);
      if (decided === null) continue;
      one = decided;
      break;
    }
  }
  const plan = await planOf(caseContext.store.journal, one);
  if (plan.needsDecision.length > 0) return null;
  const approval = { offboarding: one.id, planHash: one.planHash, reason: 'agreed' };
  return approvePlan(caseContext, person('anna'), approval).catch(refusedOnly);
}

function refusedOnly(error: unknown): null {
  if (error instanceof TendrilError) return null;
  throw error;
}

/** What an action depends on comes before it: two that waited for each other would wait for ever. */
async function expectOrder(caseContext: TestCaseContext, one: Case): Promise<void> {
  const { body } = await planOf(caseContext.store.journal, one);
  const places = new Map(body.actions.map(({ id }, at) => [id, at]));
  for (const { id, dependsOn } of body.actions) {
    expect(dependsOn.filter((before) => places.get(before)! >= places.get(id)!)).toEqual([]);
  }
}

/** Everything that people and sources have to do until the case has ended. */
async function toTheEnd(caseContext: TestCaseContext, id: string, heir: string): Promise<Case> {
  for (let round = 0; round < 500; round += 1) {
    await runCase(caseContext, id, { random: () => 1 });
    const one = await requireCase(caseContext.store.journal, id);
    if (one.state !== 'WAITING') return one;
    if (one.wakeAt !== null) caseContext.clock.moveTo(one.wakeAt);
    await answerAll(caseContext, id, heir);
  }
  throw new Error('It comes to no end.');
}

async function answerAll(caseContext: TestCaseContext, id: string, heir: string): Promise<void> {
  const actions = await actionsOf(caseContext.store.journal, id);
  for (const { idempotencyKey, state } of actions) {
    if (state !== 'REQUESTED') continue;
    const word = { outcome: 'DONE', reference: null, already: false, externalId: null } as const;
    await finishAction(caseContext, person('source'), idempotencyKey, word);
  }
  if (actions.some(({ state }) => state === 'WAITING_FOR_PERSON')) await attestAll(caseContext, id);
  const refused = actions.find(({ state, action }) => state === 'IRREVOCABLE' && action.phase === 2);
  if (refused === undefined) return;
  const waiver = { offboarding: id, action: refused.action.id, owner: heir, until: LATER, reason: 'later' };
  await waive(caseContext, person('anna'), waiver);
}

/** The graph as the plain reference reads it. */
async function plainGraph({ store, clock }: TestCaseContext): Promise<reference.PlainGraph> {
  const files = Object.values(await exported(store));
  return reference.plainGraphOf(files.map(parsed), clock.now());
}

function parsed(text: string): SnapshotDocument {
  const [header, ...lines] = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return {
    ...header,
    entities: lines.flatMap(({ entity }) => entity ?? []),
    relationships: lines.flatMap(({ relationship }) => relationship ?? []),
  };
}

test('whatever sources do, a case ends, says VERIFIED only where the leaver has nothing left, and asks under one key', async () => {
  const ended: string[] = [];
  const property = fc.asyncProperty(
    companyArbitrary({ built: BUILT_INTO_PLANS }),
    fc.constantFrom<Mode>('CONTINUITY_FIRST', 'SECURITY_FIRST'),
    fc.nat(999),
    fc.boolean(),
    async (company, mode, salt, refuses) => {
      const documents = company.documents
        .filter(({ entities, relationships }) => entities.length + relationships.length > 0)
        .map((document) => ({ ...document, source: { ...document.source, actuation: 'OUTSIDE' } }));
      const outside = new Outside(manner(salt, refuses));
      const now = new Date(company.now).toISOString();
      await withCaseContext(
        [],
        async (caseContext) => {
          for (const document of documents) {
            const options = {
              actor: person('importer'),
              now: caseContext.clock.now(),
              force: true,
              dangling: 'skip',
            } as const;
            await importSnapshots(caseContext.store, [{ name: 'document', document }], options);
          }
          const before = await plainGraph(caseContext);
          const live = reference.humansOf(before).filter((human) => reference.isLive(before, human));
          const [human, heir] = live;
          if (human === undefined || heir === undefined) return;
          const one = await approvedCase(caseContext, human, mode, heir);
          if (one === null) return;
          await expectOrder(caseContext, one);
          await executeOffboarding(caseContext, person('otto'), {
            offboarding: one.id,
            planHash: one.planHash,
          });
          const end = await toTheEnd(caseContext, one.id, heir);
          ended.push(end.state);
          expect(['VERIFIED', 'INCOMPLETE']).toContain(end.state);
          const after = await plainGraph(caseContext);
          if (end.state === 'VERIFIED') expect(reference.exposure(after, human)).toEqual([]);
          else expect(end.because).not.toBeNull();
          const keys = new Map(outside.asked.map((order) => [`${order.action}`, order.idempotencyKey]));
          expect(outside.asked.filter((order) => keys.get(order.action) !== order.idempotencyKey)).toEqual(
            [],
          );
          const { revision } = await caseContext.store.head();
          if (end.wakeAt === null) expect(await runCase(caseContext, one.id)).toBeNull();
          expect((await caseContext.store.head()).revision).toBe(revision);
        },
        { actuators: outside.actuators, now },
      );
    },
  );
  await fc.assert(property, { numRuns: RUNS });
  expect(ended.filter((state) => state === 'VERIFIED').length).toBeGreaterThan(RUNS / 10);
}, 300_000);
