import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { CaseDecision } from '../../offboarding/case/case.js';
import type { PlannedDecision } from '../../offboarding/plan/plan.js';
import type { DecisionAction as DecisionActionValue } from '../../offboarding/policy/policy.js';
import { Entity } from '../entity/entity.js';
import { entityById } from '../entity/wrap.js';
import type { Moment } from '../operation/moment.js';
import { connectionOf } from '../paging/connection.js';
import { DecisionAction, DecisionGuard } from './enums.js';
import { Signature, signatureOf } from './signature.js';

/** What a plan contains about one entity. */
export interface DecisionRow {
  readonly entity: string;
  /** null: it follows the decision about another entity. */
  readonly planned: PlannedDecision | null;
  /** What a person decided about it, where that counts. */
  readonly override: CaseDecision | null;
  /** What a person may decide about it. */
  readonly choices: readonly DecisionActionValue[];
}

@ObjectType({
  description:
    'What is to be done with an entity that depends on the leaver, or that nobody would answer for.',
  simpleResolvers: true,
})
export class Decision {
  constructor(
    private readonly row: DecisionRow,
    private readonly moment: Moment,
  ) {}

  @Field(() => Entity, { description: 'The entity.' })
  get entity(): Promise<Entity> {
    return entityById(this.moment, this.row.entity);
  }

  @Field(() => DecisionAction, {
    nullable: true,
    description: 'What is to be done with it; null where it follows another decision, see `follows`.',
  })
  get action(): DecisionActionValue | null {
    return this.row.planned?.action ?? null;
  }

  @Field(() => Int, {
    nullable: true,
    description: 'The rule of the policy that decided, from 1; null where a person did, or nothing did.',
  })
  get rule(): number | null {
    return this.row.planned?.rule || null;
  }

  @Field(() => DecisionGuard, {
    nullable: true,
    description: 'What took the decision back to REVIEW; null: nothing.',
  })
  get guard(): string | null {
    return this.row.planned?.guard ?? null;
  }

  @Field(() => Signature, {
    nullable: true,
    description: 'The person who decided instead of the rules; null where the rules decided.',
  })
  get overriddenBy(): Signature | null {
    return signatureOf(this.row.override?.by ?? null);
  }

  @Field(() => String, { nullable: true, description: 'Why, in the words of whoever decided.' })
  get reason(): string | null {
    return this.row.planned?.reason ?? null;
  }

  @Field(() => Boolean, {
    description:
      'Whether it stops only because another workload stops: it then follows the decision about that workload.',
  })
  get follows(): boolean {
    return this.row.planned === null;
  }

  @Field(() => [DecisionAction], {
    description: 'What a person may decide about it (`decide`); none where it follows another.',
  })
  get choices(): readonly DecisionActionValue[] {
    return this.row.choices;
  }

  @Field(() => Entity, {
    nullable: true,
    description: 'The person who takes it over; null where nobody needs to.',
  })
  get successor(): Promise<Entity | null> | null {
    const { successor } = this.row.planned ?? { successor: null };
    return successor === null ? null : entityById(this.moment, successor);
  }

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the identity to use for re-homing; null: one is provisioned.',
  })
  get managedIdentity(): string | null {
    return this.row.planned?.managedIdentity ?? null;
  }
}

export const DecisionConnection = connectionOf<DecisionRow, Decision>(
  'Decision',
  () => Decision,
  'decisions of a plan',
);
