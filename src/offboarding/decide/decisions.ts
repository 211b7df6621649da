import { APP, isWorkload, JOB, SERVICE_IDENTITY } from '../../graph/kind-codes.js';
import type { PersonRadii } from '../../graph/radii/radii.js';
import { hangsOn } from '../../graph/radii/stop-sustained.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import { type DecisionAction, type Policy, rulingFor, type Subject } from '../policy/policy.js';
import type { Decision } from './decision.js';
import { retireGuards, WouldBreak } from './guards.js';
import { heldBy, notReissuable, Standing } from './standing.js';
import { needsRefusedApp } from './to-replace.js';

/** All decisions on one leaver, and what follows from them. */
export interface Decisions {
  /** In order of id. */
  readonly decided: ReadonlyMap<EntityNumber, Decision>;
  /** Workloads of C(h) that break only because another, or something that is handed over, does. */
  readonly following: readonly EntityNumber[];
  /** Workloads that break although they are not retired: the approval of the plan accepts that. */
  readonly accepted: readonly EntityNumber[];
  readonly standing: Standing;
  /** Live foreign tokens of the cut that cannot be reissued, and so are treated as holdings. */
  readonly lost: ReadonlySet<EntityNumber>;
}

/** What the policy looks at of an entity, which the graph does not have. */
export type SubjectOf = (entity: EntityNumber) => Omit<Subject, 'standsOnLeaver'>;

/** Input of {@link decideAll}. */
export interface DecideInput {
  readonly view: GraphView;
  readonly radii: PersonRadii;
  readonly policy: Policy;
  readonly subjectOf: SubjectOf;
  readonly evaluatedAt: number;
  /** What a person decided instead. */
  readonly overrides: ReadonlyMap<EntityNumber, DecisionAction>;
}

/** Decides what to do with everything that depends on the person (semantics, section 4). */
export function decideAll(input: DecideInput): Decisions {
  const { view, radii } = input;
  const lost = notReissuable(view, radii.cut);
  const standing = new Standing(view, radii.units, radii.person, heldBy(radii.holdings, lost));
  const decided = byRules(input, standing, lost);
  const would = new WouldBreak(view, radii, standing, lost);
  takeBackRetirements(input, decided, would);
  takeBackRehomings(input, decided, standing);
  const breakage = would.breakageIf(decided);
  return {
    decided,
    following: following(view, radii, decided),
    accepted: [...breakage.workloads]
      .filter((workload) => decided.get(workload)?.action !== 'RETIRE')
      .sort((a, b) => view.compare(a, b)),
    standing,
    lost,
  };
}

/** Everything decided, in order of id, by the first rule that matches or by a person. */
function byRules(
  input: DecideInput,
  standing: Standing,
  lost: ReadonlySet<EntityNumber>,
): Map<EntityNumber, Decision> {
  const { view, policy, evaluatedAt, overrides } = input;
  const decided = new Map<EntityNumber, Decision>();
  for (const [entity, byLost] of toDecide(input, standing, lost)) {
    const standsOnLeaver = isWorkload(view.kindOf(entity)) && standing.stands(entity);
    const ruling = byLost
      ? ({ rule: policy.rules.length, action: 'REVIEW' } as const)
      : rulingFor(policy, { ...input.subjectOf(entity), standsOnLeaver }, evaluatedAt);
    const override = overrides.get(entity);
    decided.set(entity, {
      entity,
      action: override ?? ruling.action,
      rule: override === undefined ? ruling.rule : 0,
      guard: null,
      standsOnLeaver,
    });
  }
  return decided;
}

/** The entities to decide about; true: only because the entity stands on a token that cannot be reissued. */
function toDecide(
  { view, radii }: DecideInput,
  standing: Standing,
  lost: ReadonlySet<EntityNumber>,
): [EntityNumber, boolean][] {
  const found = new Map<EntityNumber, boolean>();
  for (const { entity } of radii.orphans.members) {
    if ([APP, JOB, SERVICE_IDENTITY].includes(view.kindOf(entity))) found.set(entity, false);
  }
  const hangs = hangsOn(view, radii.person.humans, radii.holdings.members);
  for (const { entity } of radii.continuity.members) {
    if (standing.stands(entity) || hangs(entity)) found.set(entity, false);
  }
  if (lost.size > 0) {
    const onLost = new Standing(view, radii.units, { ...radii.person, accounts: [] }, lost);
    for (const workload of radii.cutBreakage.workloads) {
      if (!found.has(workload) && onLost.stands(workload)) found.set(workload, true);
    }
  }
  return [...found].sort(([a], [b]) => view.compare(a, b));
}

/** RETIRE by a rule becomes REVIEW where a guard holds. This is repeated until no guard holds any more. */
function takeBackRetirements(
  input: DecideInput,
  decided: Map<EntityNumber, Decision>,
  would: WouldBreak,
): void {
  const guardOf = retireGuards(input.view, input.radii);
  for (;;) {
    const byRule = [...decided.values()].filter(({ action, rule }) => action === 'RETIRE' && rule > 0);
    const breaking = new Set(would.retirementsThatBreak(decided, byRule));
    let changed = false;
    for (const decision of byRule) {
      const guard = guardOf(decision.entity) ?? (breaking.has(decision) ? 'WOULD_BREAK_OTHERS' : null);
      if (guard === null) continue;
      decided.set(decision.entity, { ...decision, action: 'REVIEW', guard });
      changed = true;
    }
    if (!changed) return;
  }
}

/**
 * REHOME becomes REVIEW where it needs a grant to an app that is not approved, unless a person decided REHOME, or to
 * an app that is to be retired.
 */
function takeBackRehomings(
  { view, radii, subjectOf }: DecideInput,
  decided: Map<EntityNumber, Decision>,
  standing: Standing,
): void {
  for (const decision of decided.values()) {
    if (decision.action !== 'REHOME') continue;
    const isRefused = (app: EntityNumber) =>
      (decision.rule > 0 && subjectOf(app).approval === 'UNAPPROVED') ||
      decided.get(app)?.action === 'RETIRE';
    if (needsRefusedApp(view, radii.units, standing, decision.entity, isRefused)) {
      decided.set(decision.entity, { ...decision, action: 'REVIEW', guard: 'NEEDS_REFUSED_APP' });
    }
  }
}

function following(
  view: GraphView,
  radii: PersonRadii,
  decided: ReadonlyMap<EntityNumber, Decision>,
): EntityNumber[] {
  return radii.continuity.members
    .map((member) => member.entity)
    .filter((workload) => !decided.has(workload))
    .sort((a, b) => view.compare(a, b));
}
