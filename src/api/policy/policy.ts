import { Field, Int, ObjectType } from 'type-graphql';
import type {
  Condition,
  DecisionAction as Decided,
  PolicyRule as Rule,
} from '../../offboarding/policy/policy.js';
import type { CheckedPolicy } from '../../offboarding/policy/read-policy.js';
import { DecisionAction } from '../offboarding/enums.js';
import { JSONObject } from '../types/scalars.js';

@ObjectType({ description: 'One rule of the policy. The first that matches decides.', simpleResolvers: true })
export class PolicyRule {
  @Field(() => Int, { description: 'Its place, from 1: decisions name it.' })
  readonly number: number;

  private readonly rule: Rule;

  constructor(rule: Rule, number: number) {
    this.rule = rule;
    this.number = number;
  }

  @Field(() => String, { description: 'What the policy calls it.' })
  get name(): string {
    return this.rule.name;
  }

  @Field(() => DecisionAction, { description: 'What it decides.' })
  get action(): Decided {
    return this.rule.then;
  }

  @Field(() => String, { description: 'The rule, in a sentence.' })
  get sentence(): string {
    const { when, then, unlessStanding } = this.rule;
    const otherwise =
      unlessStanding === undefined ? '' : `, or ${unlessStanding} where it does not stand on the leaver`;
    return `${conditionWords(when)}: ${then}${otherwise}.`;
  }

  @Field(() => JSONObject, { description: 'The rule as the file has it (`schema/policy.schema.json`).' })
  get json(): Readonly<Record<string, unknown>> {
    return { ...this.rule };
  }
}

@ObjectType({ description: 'What is to be done with each integration of a leaver.', simpleResolvers: true })
export class Policy {
  constructor(private readonly checked: CheckedPolicy) {}

  @Field(() => String, { description: 'SHA-256 of its canonical JSON: plans name it.' })
  get hash(): string {
    return this.checked.hash;
  }

  @Field(() => [PolicyRule], { description: 'Its rules, in order.' })
  get rules(): PolicyRule[] {
    return this.checked.policy.rules.map((rule, at) => new PolicyRule(rule, at + 1));
  }

  @Field(() => String, {
    description:
      'Which secrets that a leaver could have read are rotated: `never`, `sensitive` (those that lead to what is ' +
      'HIGH or CRITICAL) or `always`.',
  })
  get rotateReadable(): string {
    return this.checked.policy.rotateReadable;
  }

  @Field(() => JSONObject, { description: 'The whole policy, as the file has it.' })
  get json(): Readonly<Record<string, unknown>> {
    return { ...this.checked.policy };
  }
}

/** When a rule matches, in words. */
function conditionWords({ approval, criticality, idleForDays, standsOnLeaver }: Condition): string {
  const said = [
    ...(approval === undefined ? [] : [`its approval is ${approval.join(' or ')}`]),
    ...(criticality === undefined ? [] : [`its criticality is ${criticality.join(' or ')}`]),
    ...(idleForDays === undefined ? [] : [`it last ran or was used more than ${idleForDays} days before`]),
    ...(standsOnLeaver === undefined
      ? []
      : [standsOnLeaver ? 'it stands on the leaver' : 'it does not stand on the leaver']),
  ];
  return said.length === 0 ? 'Always' : `Where ${said.join(' and ')}`;
}
