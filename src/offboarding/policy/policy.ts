import type { RotateReadable } from '../../graph/answers.js';
import type { Approval, Criticality } from '../../model/properties.js';

/** What to do with an integration that a leaver stands behind (semantics, section 4). */
export const DECISION_ACTIONS = ['REHOME', 'RETIRE', 'TRANSFER', 'REVIEW'] as const;
export type DecisionAction = (typeof DECISION_ACTIONS)[number];

/** When a rule matches: every condition that is given holds. None given: always. */
export interface Condition {
  readonly approval?: readonly Approval[];
  readonly criticality?: readonly Criticality[];
  /** Last used or run, whichever is later and known, more than this many days before the plan's moment. */
  readonly idleForDays?: number;
  /** Whether the thing stands on the leaver. */
  readonly standsOnLeaver?: boolean;
}

/** One rule. The first that matches decides. */
export interface PolicyRule {
  readonly name: string;
  readonly when: Condition;
  readonly then: DecisionAction;
  /** What to do instead with a thing that does not stand on the leaver: only that can be transferred. */
  readonly unlessStanding?: DecisionAction;
}

/** The policy file: `schema/policy.schema.json`. The last rule matches always. */
export interface Policy {
  readonly version: 1;
  /** Which secrets that the leaver could have read, and is not known to know, are rotated. */
  readonly rotateReadable: RotateReadable;
  readonly rules: readonly PolicyRule[];
}

/** What a policy looks at. */
export interface Subject {
  readonly approval: Approval;
  readonly criticality: Criticality;
  /** Milliseconds; the later of last used and last run, null where neither is known. */
  readonly lastActiveAt: number | null;
  readonly standsOnLeaver: boolean;
}

/** Which rule decided, counted from 1, and what it says. */
export interface Ruling {
  readonly rule: number;
  readonly action: DecisionAction;
}

const DAY = 86_400_000;

/** The first rule that matches. A checked policy always has one. */
export function rulingFor(policy: Policy, subject: Subject, evaluatedAt: number): Ruling {
  const at = policy.rules.findIndex((rule) => matches(rule.when, subject, evaluatedAt));
  const rule = policy.rules[at];
  if (rule === undefined) return { rule: policy.rules.length, action: 'REVIEW' };
  const action = subject.standsOnLeaver ? rule.then : (rule.unlessStanding ?? rule.then);
  return { rule: at + 1, action };
}

/** Whether every condition that is given holds. */
export function matches(when: Condition, subject: Subject, evaluatedAt: number): boolean {
  return failingConditions(when, subject, evaluatedAt).length === 0;
}

/** The conditions that do not hold, by name: why a rule did not decide. */
export function failingConditions(
  when: Condition,
  subject: Subject,
  evaluatedAt: number,
): (keyof Condition)[] {
  const failing: (keyof Condition)[] = [];
  if (when.approval?.includes(subject.approval) === false) failing.push('approval');
  if (when.criticality?.includes(subject.criticality) === false) failing.push('criticality');
  if (when.idleForDays !== undefined && !isIdle(subject, when.idleForDays, evaluatedAt))
    failing.push('idleForDays');
  if (when.standsOnLeaver !== undefined && when.standsOnLeaver !== subject.standsOnLeaver) {
    failing.push('standsOnLeaver');
  }
  return failing;
}

function isIdle(subject: Subject, days: number, evaluatedAt: number): boolean {
  return subject.lastActiveAt !== null && evaluatedAt - subject.lastActiveAt > days * DAY;
}
