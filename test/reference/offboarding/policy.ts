import type { Millis } from '../../../src/model/time.js';
import type { RotateReadable } from '../known-units.js';
import type { PlainEntity } from '../plain-graph.js';
import type { Action } from './actions.js';

/** Every condition that is given has to hold; none given: always. */
export interface PolicyConditions {
  readonly approval?: readonly string[];
  readonly criticality?: readonly string[];
  /** The later of lastUsedAt and lastRunAt is known and more than so many days ago. */
  readonly idleDays?: number;
  readonly stands?: boolean;
}

export interface PolicyRule {
  readonly name: string;
  readonly when: PolicyConditions;
  readonly action: Action;
  /** The action for what does not stand on the person, where it is another one. */
  readonly actionElse?: Action;
}

/** The first rule that matches decides; the last one matches everything. */
export interface PlainPolicy {
  readonly rules: readonly PolicyRule[];
  readonly rotateReadable: RotateReadable;
}

/** The six rules of semantics, section 4, by their numbers. */
export const DEFAULT_POLICY: PlainPolicy = {
  rotateReadable: 'sensitive',
  rules: [
    { name: '1', when: { approval: ['UNAPPROVED'] }, action: 'RETIRE' },
    { name: '2', when: { criticality: ['HIGH', 'CRITICAL'] }, action: 'REHOME', actionElse: 'TRANSFER' },
    { name: '3', when: { criticality: ['LOW', 'MEDIUM'], idleDays: 90 }, action: 'RETIRE' },
    { name: '4', when: { stands: false }, action: 'TRANSFER' },
    { name: '5', when: { criticality: ['LOW'] }, action: 'RETIRE' },
    { name: '6', when: {}, action: 'REVIEW' },
  ],
};

const DAY = 24 * 60 * 60 * 1000;

export interface RuleMatch {
  readonly rule: string;
  readonly action: Action;
}

/** What the first rule that matches says. */
export function firstRule(
  policy: PlainPolicy,
  thing: PlainEntity,
  stands: boolean,
  evaluatedAt: Millis,
): RuleMatch {
  const rule = policy.rules.find(({ when }) => holds(when, thing, stands, evaluatedAt));
  if (!rule) throw new Error('the last rule of a policy has to match everything');
  return matchOf(rule, stands);
}

/** What the last rule says, whatever the thing is: rule 6 of the default policy. */
export function lastRule(policy: PlainPolicy, stands: boolean): RuleMatch {
  const rule = policy.rules.at(-1);
  if (!rule) throw new Error('a policy without rules');
  return matchOf(rule, stands);
}

function matchOf({ name, action, actionElse }: PolicyRule, stands: boolean): RuleMatch {
  return { rule: name, action: stands ? action : (actionElse ?? action) };
}

function holds(when: PolicyConditions, thing: PlainEntity, stands: boolean, evaluatedAt: Millis): boolean {
  const { approval = 'UNKNOWN', criticality = 'UNKNOWN' } = thing;
  if (when.approval && !when.approval.includes(approval)) return false;
  if (when.criticality && !when.criticality.includes(criticality)) return false;
  if (when.stands !== undefined && when.stands !== stands) return false;
  return when.idleDays === undefined || isIdle(thing, when.idleDays, evaluatedAt);
}

function isIdle({ lastUsedAt, lastRunAt }: PlainEntity, days: number, evaluatedAt: Millis): boolean {
  const known = [lastUsedAt, lastRunAt].filter((time) => time !== undefined);
  return known.length > 0 && evaluatedAt - Math.max(...known) > days * DAY;
}
