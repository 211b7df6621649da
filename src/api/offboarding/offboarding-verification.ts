import { Args, Field, ID, ObjectType } from 'type-graphql';
import type { Case } from '../../offboarding/case/case.js';
import type { Verified } from '../../offboarding/verify/verify-case.js';
import type { Moment } from '../operation/moment.js';
import { ForwardArgs } from '../paging/page-args.js';
import { BlindSpot, SourceCoverage } from '../radii/coverage.js';
import { DateTime } from '../types/scalars.js';
import { Offboarding } from './offboarding.js';
import { AS_FOUND, residualRows } from './pages.js';
import { ResidualConnection } from './residual.js';
import { InvariantCheck, Verification } from './verification.js';

@ObjectType({ description: 'The result of verifying a case now. Nothing is written.' })
export class OffboardingVerification {
  private readonly verification: Verification;

  constructor(
    private readonly record: Case,
    private readonly found: Verified,
    private readonly moment: Moment,
  ) {
    this.verification = new Verification(found.verification, moment);
  }

  @Field(() => Offboarding, { description: 'The case.', simple: true })
  get offboarding(): Offboarding {
    return new Offboarding(this.record, this.moment);
  }

  @Field(() => Boolean, {
    description: 'Whether every invariant holds and no entry is open, as far as the sources look.',
    simple: true,
  })
  get verified(): boolean {
    return this.found.isVerified;
  }

  @Field(() => String, {
    nullable: true,
    description: 'Why it is not verified, in a sentence; null where it is.',
    simple: true,
  })
  get because(): string | null {
    return this.found.because;
  }

  @Field(() => DateTime, { description: 'When it was verified.', simple: true })
  get at(): Date {
    return this.verification.at;
  }

  @Field(() => ID, { description: 'The revision of the graph that was verified.', simple: true })
  get revision(): string {
    return this.verification.revision;
  }

  @Field(() => [InvariantCheck], { description: 'The invariants, each with its evidence.', simple: true })
  get checks(): InvariantCheck[] {
    return this.verification.checks;
  }

  @Field(() => [BlindSpot], { description: 'What the sources do not look for, by account.', simple: true })
  get blindSpots(): Promise<BlindSpot[]> {
    return this.verification.blindSpots;
  }

  @Field(() => [SourceCoverage], {
    description: 'What is known of each source, in order of id.',
    simple: true,
  })
  get coverage(): Promise<SourceCoverage[]> {
    return this.verification.coverage;
  }

  @Field(() => ResidualConnection, { description: 'What is left, in the order of the plan.' })
  residual(@Args(() => ForwardArgs) paging: ForwardArgs): InstanceType<typeof ResidualConnection> {
    return residualRows(this.moment, this.record, this.found.verification.residual, paging, AS_FOUND);
  }
}
