import { APP, JOB, SERVICE_IDENTITY } from '../../graph/kind-codes.js';
import { radiiOf } from '../../graph/radii/radii.js';
import { type ReasonStep, reasonStepOf } from '../../graph/reason.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import { KINDS } from '../../model/kinds.js';
import { formatTime, type Millis } from '../../model/time.js';
import type { Decision, Guard } from '../decide/decision.js';
import { type Decisions, decideAll } from '../decide/decisions.js';
import { type Condition, failingConditions, type Policy, rulingFor, type Subject } from '../policy/policy.js';

/** What one rule of the policy says about one entity. */
export interface RuleWord {
  /** From 1. */
  readonly rule: number;
  readonly name: string;
  readonly matches: boolean;
  /** Why it does not match, or that it does: a sentence for people. */
  readonly why: string;
}

/** Why an entity is decided as it is, or why nothing is decided about it. */
export interface Explanation {
  readonly entity: string;
  /** null: nothing is decided. */
  readonly decision: Omit<Decision, 'entity'> | null;
  /** The rules in order, up to the one that decides. */
  readonly rules: readonly RuleWord[];
  /** What took a decision back to REVIEW, in a sentence; null: nothing. */
  readonly guard: string | null;
  /** Why no decision is needed, in a sentence; null: one is. */
  readonly notDecided: string | null;
  /** The path by which the entity stops with the leaver; empty where it does not stop. */
  readonly because: readonly ReasonStep[];
}

/** Input of {@link explain}. */
export interface ExplainInput {
  readonly view: GraphView;
  readonly human: EntityNumber;
  readonly entity: EntityNumber;
  readonly policy: Policy;
  readonly subjectOf: (entity: EntityNumber) => Omit<Subject, 'standsOnLeaver'>;
  readonly evaluatedAt: Millis;
}

const GUARDS: Readonly<Record<Guard, string>> = {
  HAS_ANSWERING_OWNER:
    'It has an owner who answers once the leaver is gone, so a person decides whether it goes.',
  USED_BY_OTHERS: 'Others have granted it access, so a person decides whether it goes.',
  WOULD_BREAK_OTHERS: 'Retiring it has a part in breaking a workload that is to go on, so a person decides.',
  NEEDS_REFUSED_APP:
    'Re-homing it needs a grant to an app that is not approved or is to go, so a person decides.',
};

/** Explains which rule of the policy decides about an entity when a person leaves, and why earlier rules do not. */
export function explain(input: ExplainInput): Explanation {
  const { view, human, entity, policy, subjectOf, evaluatedAt } = input;
  const radii = radiiOf(view, human, { rotateReadable: policy.rotateReadable });
  const decisions = decideAll({ view, radii, policy, subjectOf, evaluatedAt, overrides: new Map() });
  const decision = decisions.decided.get(entity);
  const because = radii.continuity.pathTo(entity).map((step) => reasonStepOf(view, step));
  const id = view.idOf(entity);
  if (decision === undefined) {
    const notDecided = whyNot(input, decisions, radii.orphans.has(entity));
    return { entity: id, decision: null, rules: [], guard: null, notDecided, because };
  }
  const { entity: _, ...rest } = decision;
  const subject = { ...subjectOf(entity), standsOnLeaver: decision.standsOnLeaver };
  return {
    entity: id,
    decision: rest,
    rules: rulesFor(policy, subject, evaluatedAt, decision.rule),
    guard: decision.guard === null ? null : GUARDS[decision.guard],
    notDecided: null,
    because,
  };
}

function rulesFor(policy: Policy, subject: Subject, evaluatedAt: Millis, decides: number): RuleWord[] {
  // If the entity stands on a credential that cannot be reissued, a person decides: the other rules do not count.
  const isForced = rulingFor(policy, subject, evaluatedAt).rule !== decides;
  return policy.rules.slice(0, decides).map(({ name, when }, at) => {
    const failing = failingConditions(when, subject, evaluatedAt);
    const rule = at + 1;
    if (isForced) {
      const why =
        'It stands on a credential of somebody else that cannot be issued again, so the last rule decides.';
      return { rule, name, matches: rule === decides, why };
    }
    const why =
      failing.length === 0
        ? 'Every condition holds.'
        : `${failing.map((condition) => sentence(condition, when, subject, evaluatedAt)).join('; ')}.`;
    return { rule, name, matches: failing.length === 0, why };
  });
}

const DAY = 86_400_000;

/** Why a condition does not hold. */
function sentence(
  condition: keyof Condition,
  when: Condition,
  subject: Subject,
  evaluatedAt: Millis,
): string {
  switch (condition) {
    case 'approval':
      return `its approval is ${subject.approval}, not ${when.approval!.join(' or ')}`;
    case 'criticality':
      return `its criticality is ${subject.criticality}, not ${when.criticality!.join(' or ')}`;
    case 'standsOnLeaver':
      return subject.standsOnLeaver ? 'it stands on the leaver' : 'it does not stand on the leaver';
    case 'idleForDays': {
      if (subject.lastActiveAt === null) return 'when it last ran or was used is not known';
      const days = Math.floor((evaluatedAt - subject.lastActiveAt) / DAY);
      const last = formatTime(subject.lastActiveAt);
      return `it last ran or was used at ${last}, ${days} ${days === 1 ? 'day' : 'days'} before, and not more than ${when.idleForDays}`;
    }
  }
}

/** Why nothing is decided about a thing. */
function whyNot({ view, human, entity }: ExplainInput, { following }: Decisions, isOrphan: boolean): string {
  const [id, kind] = [view.idOf(entity), KINDS[view.kindOf(entity)]];
  if (entity === human) return `${id} is who leaves.`;
  if (!view.isLive(entity)) return `${id} is not live, so there is nothing to decide.`;
  if (following.includes(entity)) return `${id} stops only because another workload does, and follows it.`;
  if (![APP, JOB, SERVICE_IDENTITY].includes(view.kindOf(entity))) {
    const then = isOrphan ? ' The successor takes it over.' : '';
    return `${id} is a ${kind}; decisions are about apps, jobs and service identities.${then}`;
  }
  return `${id} does not stop when ${view.idOf(human)} leaves, and nobody stops answering for it.`;
}
