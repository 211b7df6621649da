import { Field, ID, ObjectType } from 'type-graphql';
import type {
  Check,
  Verification as Found,
  Invariant as InvariantValue,
} from '../../offboarding/case/verification.js';
import { DateTime } from '../types/scalars.js';
import { Invariant } from './enums.js';

@ObjectType({ description: 'Whether an invariant holds, and the evidence for it.', simpleResolvers: true })
export class InvariantCheck {
  constructor(private readonly check: Check) {}

  @Field(() => Invariant, { description: 'Which one.' })
  get invariant(): InvariantValue {
    return this.check.invariant;
  }

  @Field(() => Boolean, { description: 'Whether it holds.' })
  get holds(): boolean {
    return this.check.holds;
  }

  @Field(() => String, { description: 'What was checked, and how much of it.' })
  get evidence(): string {
    return this.check.evidence;
  }

  @Field(() => [ID], { description: 'Ids of the entities that violate it.' })
  get against(): readonly string[] {
    return this.check.against;
  }
}

@ObjectType({ description: 'The result of verifying a case.', simpleResolvers: true })
export class Verification {
  constructor(private readonly found: Found) {}

  @Field(() => DateTime, { description: 'When.' })
  get at(): Date {
    return new Date(this.found.at);
  }

  @Field(() => ID, { description: 'The revision of the graph that was verified.' })
  get revision(): string {
    return String(this.found.revision);
  }

  @Field(() => [InvariantCheck], { description: 'The invariants, each with its evidence.' })
  get checks(): InvariantCheck[] {
    return this.found.checks.map((check) => new InvariantCheck(check));
  }
}
