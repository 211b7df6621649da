import { Field, Int, ObjectType } from 'type-graphql';
import type { ExposureSummary } from '../../graph/radii/exposure-summary.js';
import { type Permission as PermissionValue, permissionOf } from '../../model/levels.js';
import type { Entity } from '../entity/entity.js';
import { Human } from '../entity/human.js';
import { entityByNumber } from '../entity/wrap.js';
import { ExtraCost } from '../fields/facts.js';
import type { Moment } from '../operation/moment.js';
import { connectionOf } from '../paging/connection.js';
import { forwardPage, type Keyset } from '../paging/keyset.js';
import type { ForwardPaging } from '../paging/paging.js';
import { Permission } from '../types/enums.js';
import { standingOn } from './single-points.js';

@ObjectType({
  description: 'What a person can still use, and what stands on them, in numbers.',
  simpleResolvers: true,
})
export class PersonExposure {
  constructor(
    private readonly summary: ExposureSummary,
    private readonly moment: Moment,
  ) {}

  @Field(() => Int, { description: 'How many workloads would stop working without them.' })
  // It computes a radius.
  @ExtraCost(500)
  get continuity(): Promise<number> {
    return this.moment.query((view) => standingOn(view, this.summary.human, 'CONTINUITY'));
  }

  @Field(() => Int, { description: 'How many things nobody would answer for without them.' })
  @ExtraCost(500)
  get orphans(): Promise<number> {
    return this.moment.query((view) => standingOn(view, this.summary.human, 'ORPHANS'));
  }

  @Field(() => Human, { description: 'The person.' })
  get human(): Promise<Entity> {
    return entityByNumber(this.moment, this.summary.human);
  }

  @Field(() => Int, { description: 'How many entities they can still use.' })
  get exposed(): number {
    return this.summary.exposed;
  }

  @Field(() => Permission, {
    nullable: true,
    description: 'The highest permission that they have on any resource; null: they have none.',
  })
  get highestPermission(): PermissionValue | null {
    const { highestPermission } = this.summary;
    return highestPermission === 0 ? null : permissionOf(highestPermission);
  }
}

const node = () => PersonExposure;
export const RankingConnection = connectionOf<ExposureSummary, PersonExposure>(
  'Ranking',
  node,
  'people by exposure',
);
export const LingeringConnection = connectionOf<ExposureSummary, PersonExposure>(
  'Lingering',
  node,
  'people who left and whose exposure is not empty',
);

/** A page of people, in the order of `byExposure`. */
export async function exposurePage(
  moment: Moment,
  list: string,
  paging: ForwardPaging,
  people: readonly ExposureSummary[],
) {
  return moment.query((view) => {
    const keyset: Keyset<ExposureSummary> = {
      list,
      keyOf: (row) => [row.exposed, row.highestPermission, view.idOf(row.human)],
      descending: [true, true, false],
    };
    return forwardPage(people, keyset, paging, moment.services.limits, moment.revision);
  });
}
