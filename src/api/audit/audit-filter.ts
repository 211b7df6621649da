import { Field, ID, InputType } from 'type-graphql';
import type { AuditQuery } from '../../store/journal.js';
import { DateTime } from '../types/scalars.js';

@InputType({ description: 'Which audit events: those that meet all conditions given.' })
export class AuditFilter {
  @Field(() => ID, { nullable: true, description: 'Only those of this case.' })
  case?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those about this entity.' })
  entity?: string | null;

  @Field(() => [String], { nullable: true, description: 'Only those of one of these types.' })
  types?: readonly string[] | null;

  @Field(() => String, { nullable: true, description: 'Only what this subject did.' })
  subject?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Only those of this moment and later.' })
  since?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Only those of this moment and earlier.' })
  until?: Date | null;
}

/** The filter in the terms of the journal. */
export function queryOf(filter: AuditFilter): Omit<AuditQuery, 'limit' | 'after' | 'descending'> {
  return {
    ...(filter.case == null ? {} : { case: filter.case }),
    ...(filter.entity == null ? {} : { entity: filter.entity }),
    ...(filter.types == null ? {} : { types: filter.types }),
    ...(filter.subject == null ? {} : { subject: filter.subject }),
    ...(filter.since == null ? {} : { since: filter.since.getTime() }),
    ...(filter.until == null ? {} : { until: filter.until.getTime() }),
  };
}
