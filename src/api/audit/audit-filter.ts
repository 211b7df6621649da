import { Field, ID, InputType } from 'type-graphql';
import type { AuditQuery } from '../../store/journal.js';
import { DateTime } from '../types/scalars.js';

@InputType({ description: 'Which audit events: those of which all that is said holds.' })
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

/** The filter as the journal is asked. */
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
