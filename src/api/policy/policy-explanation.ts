import { Field, Int, ObjectType } from 'type-graphql';
import type { ExplainedDecision } from '../../offboarding/case/explain-decision.js';
import type { RuleWord } from '../../offboarding/plan/explain.js';
import type { DecisionAction as DecisionActionValue } from '../../offboarding/policy/policy.js';
import { Entity } from '../entity/entity.js';
import { Human } from '../entity/human.js';
import { entityById } from '../entity/wrap.js';
import { Because, reasonPath } from '../offboarding/because.js';
import { DecisionAction, DecisionGuard } from '../offboarding/enums.js';
import type { Moment } from '../operation/moment.js';

@ObjectType({ description: 'How one rule of the policy applies to one entity.', simpleResolvers: true })
export class RuleExplanation {
  constructor(private readonly word: RuleWord) {}

  @Field(() => Int, { description: 'Its place, from 1.' })
  get number(): number {
    return this.word.rule;
  }

  @Field(() => String, { description: 'What the policy calls it.' })
  get name(): string {
    return this.word.name;
  }

  @Field(() => Boolean, { description: 'Whether it matches: the first one that does decides.' })
  get matches(): boolean {
    return this.word.matches;
  }

  @Field(() => String, { description: 'Why it does not match, or that every condition holds.' })
  get why(): string {
    return this.word.why;
  }
}

@ObjectType({
  description: 'Why the policy decides about an entity as it does, if a person left now.',
  simpleResolvers: true,
})
export class PolicyExplanation {
  constructor(
    private readonly said: ExplainedDecision,
    private readonly moment: Moment,
  ) {}

  @Field(() => Entity, { description: 'The entity.' })
  get entity(): Promise<Entity> {
    return entityById(this.moment, this.said.entity);
  }

  @Field(() => Human, { description: 'The person who would leave.' })
  get human(): Promise<Entity> {
    return entityById(this.moment, this.said.human);
  }

  @Field(() => String, { description: 'SHA-256 of the policy that decides.' })
  get policyHash(): string {
    return this.moment.services.policy.hash;
  }

  @Field(() => DecisionAction, {
    nullable: true,
    description: 'What is to be done with it; null: nothing is decided, see `why`.',
  })
  get action(): DecisionActionValue | null {
    return this.said.decision?.action ?? null;
  }

  @Field(() => Int, { nullable: true, description: 'The rule that decides, from 1; null: none does.' })
  get rule(): number | null {
    return this.said.decision?.rule ?? null;
  }

  @Field(() => DecisionGuard, {
    nullable: true,
    description: 'What takes the decision back to REVIEW; null: nothing.',
  })
  get guard(): string | null {
    return this.said.decision?.guard ?? null;
  }

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it depends on the leaver; null where nothing is decided.',
  })
  get standsOnLeaver(): boolean | null {
    return this.said.decision?.standsOnLeaver ?? null;
  }

  @Field(() => [RuleExplanation], { description: 'The rules in order, up to the one that decides.' })
  get rules(): RuleExplanation[] {
    return this.said.rules.map((word) => new RuleExplanation(word));
  }

  @Field(() => String, {
    nullable: true,
    description: 'Why nothing is decided, or what takes the decision back, in a sentence; null: neither.',
  })
  get why(): string | null {
    return this.said.notDecided ?? this.said.guard;
  }

  @Field(() => Because, {
    description: 'The path by which it depends on the leaver; empty where it does not.',
  })
  get because(): Because {
    return new Because(reasonPath(this.moment, this.said.because, this.said.human));
  }
}
