import { Field, InterfaceType } from 'type-graphql';
import { Approval, Criticality } from '../types/enums.js';
import { Entity } from './entity.js';

/** Its fields `working`, `brokenBy`, `stopsAt` and `stopsBy` are in `workload-resolver.ts`: paths return entities again. */
@InterfaceType({ implements: Entity, description: 'What works, and can stop working: an App or a Job.' })
export abstract class Workload extends Entity {
  @Field(() => Approval, { description: 'Whether the company wants it.', simple: true })
  get approval(): string {
    return this.text('approval') ?? 'UNKNOWN';
  }

  @Field(() => Criticality, { description: 'How much it matters.', simple: true })
  get criticality(): string {
    return this.text('criticality') ?? 'UNKNOWN';
  }
}
