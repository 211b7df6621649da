import canonicalize from 'canonicalize';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Control as Evidenced } from '../../offboarding/evidence/controls.js';
import { filesOf, type PackFile } from '../../offboarding/evidence/files.js';
import type { EvidencePack } from '../../offboarding/evidence/pack.js';
import type { Population as Counted, Leaver as Gone } from '../../offboarding/evidence/population.js';
import { reportOf } from '../../offboarding/evidence/report.js';
import type { Moment } from '../operation/moment.js';
import { BlindSpot, SourceCoverage } from '../radii/coverage.js';
import { blindSpotsThen, coverageThen } from '../radii/visible.js';
import { DateTime } from '../types/scalars.js';

@ObjectType({
  description: 'A control of a published framework, and the evidence for it in a case.',
  simpleResolvers: true,
})
export class Control {
  constructor(private readonly control: Evidenced) {}

  @Field(() => String, { description: 'The framework, with its edition.' })
  get framework(): string {
    return this.control.framework;
  }

  @Field(() => ID, { description: 'Its identifier in the framework, such as `PR.AA-05`.' })
  get id(): string {
    return this.control.id;
  }

  @Field(() => String, { description: 'Its name there.' })
  get name(): string {
    return this.control.name;
  }

  @Field(() => [String], { description: 'Sentences with figures of the case.' })
  get facts(): readonly string[] {
    return this.control.facts;
  }
}

@ObjectType({ description: 'A person who left, and their case.', simpleResolvers: true })
export class Leaver {
  constructor(private readonly gone: Gone) {}

  @Field(() => ID, { description: 'Id of the human.' })
  get human(): string {
    return this.gone.human;
  }

  @Field(() => String, { description: 'Their name.' })
  get name(): string {
    return this.gone.name;
  }

  @Field(() => DateTime, { description: 'When they left.' })
  get leftAt(): Date {
    return new Date(this.gone.leftAt);
  }

  @Field(() => ID, { nullable: true, description: 'Id of their newest case; null where there is none.' })
  get offboarding(): string | null {
    return this.gone.case;
  }
}

@ObjectType({
  description: 'All people who left in a period, with their cases.',
  simpleResolvers: true,
})
export class Population {
  constructor(private readonly counted: Counted) {}

  @Field(() => DateTime, { description: 'The beginning of the period.' })
  get since(): Date {
    return new Date(this.counted.since);
  }

  @Field(() => DateTime, { description: 'Its end.' })
  get until(): Date {
    return new Date(this.counted.until);
  }

  @Field(() => [Leaver], { description: 'The people who left, by id.' })
  get leavers(): Leaver[] {
    return this.counted.leavers.map((gone) => new Leaver(gone));
  }

  @Field(() => Int, { description: 'How many of them have no case.' })
  get withoutCase(): number {
    return this.counted.withoutCase;
  }
}

@ObjectType({ description: 'A file of the evidence of a case.', simpleResolvers: true })
export class EvidenceFile {
  constructor(private readonly file: PackFile) {}

  @Field(() => String, { description: 'Its name, such as `report.html`.' })
  get name(): string {
    return this.file.name;
  }

  @Field(() => String, { description: 'What is in it.' })
  get text(): string {
    return this.file.text;
  }
}

@ObjectType({
  description:
    'The evidence of a case, for an auditor. Its events and their chain are `auditEvents` and `auditVerification`.',
  simpleResolvers: true,
})
export class Evidence {
  constructor(
    private readonly pack: EvidencePack,
    private readonly moment: Moment,
  ) {}

  @Field(() => DateTime, { description: 'When it was put together.' })
  get madeAt(): Date {
    return new Date(this.pack.madeAt);
  }

  @Field(() => String, { description: 'A page to read and keep: HTML that loads nothing and runs nothing.' })
  get html(): string {
    return reportOf(this.pack);
  }

  @Field(() => String, {
    description:
      'The plan that was approved, in canonical JSON (RFC 8785): its SHA-256 is the hash of the plan.',
  })
  get plan(): string {
    return canonicalize(this.pack.plan.body) as string;
  }

  @Field(() => [EvidenceFile], {
    description:
      'Everything as files, to be kept in one folder: the report, the plan, the case, its events and who left in the period.',
  })
  get files(): EvidenceFile[] {
    return filesOf(this.pack).map((file) => new EvidenceFile(file));
  }

  @Field(() => [BlindSpot], { description: 'What the sources did not look for, by account.' })
  get blindSpots(): Promise<BlindSpot[]> {
    return blindSpotsThen(this.moment, this.pack.visibility);
  }

  @Field(() => [SourceCoverage], { description: 'What was known of each source, in order of id.' })
  get coverage(): Promise<SourceCoverage[]> {
    return coverageThen(this.moment, this.pack.visibility);
  }

  @Field(() => [Control], { description: 'The controls that the case evidences.' })
  get controls(): Control[] {
    return this.pack.controls.map((control) => new Control(control));
  }

  @Field(() => Population, { description: 'The people who left in the period.' })
  get population(): Population {
    return new Population(this.pack.population);
  }
}
