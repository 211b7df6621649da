import { Field, ID, ObjectType } from 'type-graphql';
import { NOTHING_RECORDED } from '../../model/visibility.js';
import type {
  Check,
  Verification as Found,
  Invariant as InvariantValue,
} from '../../offboarding/case/verification.js';
import type { Moment } from '../operation/moment.js';
import { BlindSpot, SourceCoverage } from '../radii/coverage.js';
import { blindSpotsThen, coverageThen } from '../radii/visible.js';
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
  constructor(
    private readonly found: Found,
    private readonly moment: Moment,
  ) {}

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

  @Field(() => [BlindSpot], { description: 'What the sources did not look for, by account.' })
  get blindSpots(): Promise<BlindSpot[]> {
    return blindSpotsThen(this.moment, this.found.visibility ?? NOTHING_RECORDED);
  }

  @Field(() => [SourceCoverage], { description: 'What was known of each source, in order of id.' })
  get coverage(): Promise<SourceCoverage[]> {
    return coverageThen(this.moment, this.found.visibility ?? NOTHING_RECORDED);
  }
}
