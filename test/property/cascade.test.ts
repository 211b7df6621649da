import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { GraphView } from '../../src/graph/view.js';
import type { AboutCascade, CascadePlan } from '../../src/offboarding/plan/cascade/cascade-plan.js';
import { planCascade } from '../../src/offboarding/plan/cascade/plan-cascade.js';
import { BUILT_INTO_PLANS } from '../reference/built.js';
import * as reference from '../reference/index.js';
import {
  breaks,
  cascadeOf,
  departureOf,
  retirementOf,
  rotationRequiredBy,
  standsOn,
} from '../reference/offboarding/index.js';
import { storedIn, unitOf } from '../reference/units.js';
import { indexOf } from '../support/plain-index.js';
import { applied, changesOf, factsOf, nothingKnown } from '../support/plan-on-plain.js';
import { companyArbitrary } from './arbitrary/company.js';
import { RUNS } from './leavers.js';

interface Company {
  readonly graph: reference.PlainGraph;
  readonly view: GraphView;
}

async function holds(check: (given: Company) => void): Promise<void> {
  const property = fc.asyncProperty(
    companyArbitrary({ built: BUILT_INTO_PLANS }),
    async ({ documents, now }) => {
      const graph = reference.plainGraphOf(documents, now);
      check({ graph, view: (await indexOf(graph)).at(now) });
    },
  );
  await fc.assert(property, { numRuns: Math.ceil(RUNS / 5) });
}

function planned(
  { graph, view }: Company,
  about: AboutCascade,
  successor: string | null = null,
  evaluatedAt = graph.now,
): CascadePlan {
  return planCascade({
    view,
    facts: factsOf(graph, view),
    known: nothingKnown,
    evaluatedAt,
    about,
    successor,
  });
}

/** What a plan sets to a status, of what is live now; a token that nobody can revoke counts as revoked. */
function setTo({ graph }: Company, plan: CascadePlan, statuses: readonly string[]): string[] {
  const changes = [...changesOf(plan), ...plan.body.actions.flatMap((action) => action.changes)];
  const set = changes.flatMap((change) =>
    change.change === 'SET_STATUS' && statuses.includes(change.status) ? [change.entity] : [],
  );
  return [...new Set(set)].filter((id) => reference.isLive(graph, id)).sort();
}

const ofKinds = ({ graph }: Company, ...kinds: readonly string[]) =>
  [...graph.entities.values()].filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id);

describe('one thing at a time', () => {
  test('revoking ends the cascade, marks what stored it and says what breaks', async () => {
    await holds((given) => {
      const { graph } = given;
      for (const target of ofKinds(given, 'Token', 'Grant', 'Account', 'ServiceIdentity', 'App')) {
        const plan = planned(given, { kind: 'REVOKE', target });
        const all = cascadeOf(graph, target);
        const unmanaged = (id: string) => graph.entities.get(id)?.managed === false;
        const isAccount = (id: string) => graph.entities.get(id)?.kind === 'Account';
        const ends = all.filter((id) => !(isAccount(id) && unmanaged(id)));
        expect(setTo(given, plan, ['REVOKED', 'DISABLED', 'RETIRED'])).toEqual(
          ends.filter((id) => reference.isLive(graph, id)).sort(),
        );
        const marked = rotationRequiredBy(graph, all).filter(
          (id) => reference.isLive(graph, id) && graph.entities.get(id)?.status !== 'ROTATION_REQUIRED',
        );
        expect(setTo(given, plan, ['ROTATION_REQUIRED'])).toEqual([...marked].sort());
        expect([...plan.breaks].sort()).toEqual(
          [...breaks(graph, ends)].filter((id) => reference.isLive(graph, id)).sort(),
        );
        expect(plan.breaks.length === 0 || plan.needsApproval).toBe(true);
      }
    });
  });

  test('parents end before children, and a preview keeps its name from moment to moment', async () => {
    await holds((given) => {
      for (const target of ofKinds(given, 'Token')) {
        const { body, hash, previewHash } = planned(given, { kind: 'REVOKE', target });
        const done = new Set<string>();
        for (const { id, dependsOn } of body.actions) {
          for (const before of dependsOn) expect(done.has(before)).toBe(true);
          done.add(id);
        }
        const later = planned(given, { kind: 'REVOKE', target }, null, given.graph.now + 1);
        expect(later.previewHash).toBe(previewHash);
        expect(later.hash).not.toBe(hash);
      }
    });
  });

  test('retiring ends what the plain reading retires', async () => {
    await holds((given) => {
      const { graph } = given;
      for (const target of ofKinds(given, 'Job', 'App', 'ServiceIdentity')) {
        const plan = planned(given, { kind: 'RETIRE', target });
        expect(setTo(given, plan, ['REVOKED', 'RETIRED'])).toEqual(
          [...retirementOf(graph, target)].filter((id) => reference.isLive(graph, id)).sort(),
        );
      }
    });
  });

  test('rotating leaves no token alive that whoever knew the secret has', async () => {
    await holds((given) => {
      const { graph } = given;
      for (const target of ofKinds(given, 'Secret')) {
        const plan = planned(given, { kind: 'ROTATE', target });
        const after = applied(graph, changesOf(plan), graph.now);
        const spent = reference.spent(graph);
        // What is spent counts as dead for a rotation: it is worth nothing, and not ours to revoke.
        const stored = storedIn(graph, unitOf(graph, target)).filter((token) => !spent.has(token));
        expect(stored.filter((token) => reference.isLive(after, token))).toEqual([]);
      }
    });
  });

  test('re-homing leaves a workload standing on nobody', async () => {
    await holds((given) => {
      const { graph } = given;
      const humans = reference.humansOf(graph);
      const successor = humans.find((human) => reference.isLive(graph, human));
      if (successor === undefined) return;
      for (const target of ofKinds(given, 'Job', 'App').filter((id) => reference.isLive(graph, id))) {
        const stands = (of: reference.PlainGraph) =>
          humans.filter((human) => {
            // What somebody else issued and cannot issue again is nobody's to replace while nobody leaves.
            const departure = { ...departureOf(of, human, 'never'), irreplaceable: new Set<string>() };
            return standsOn(departure, target);
          });
        if (stands(graph).length === 0) continue;
        const plan = planned(given, { kind: 'REHOME', target, managedIdentity: null }, successor);
        expect(stands(applied(graph, changesOf(plan), graph.now))).toEqual([]);
        expect(plan.breaks).not.toContain(target);
      }
    });
  });
});
