import { Field, Int, ObjectType } from 'type-graphql';
import type { ReachSet } from '../../graph/answers.js';
import type { GraphView } from '../../graph/view.js';
import type { Kind } from '../../model/kinds.js';
import type { Permission as PermissionValue } from '../../model/levels.js';
import type { Sensitivity as SensitivityValue } from '../../model/properties.js';
import { EntityKind, Permission, Sensitivity } from '../types/enums.js';
import { totalsOf } from './totals.js';

@ObjectType({ description: 'How many entities of a kind an exposure has.' })
export class KindCount {
  @Field(() => EntityKind, { description: 'The kind.', simple: true })
  readonly kind: Kind;

  @Field(() => Int, { description: 'How many.', simple: true })
  readonly count: number;

  constructor(kind: Kind, count: number) {
    this.kind = kind;
    this.count = count;
  }
}

@ObjectType({ description: 'How many resources of a sensitivity an exposure has.' })
export class SensitivityCount {
  @Field(() => Sensitivity, {
    nullable: true,
    description: 'The sensitivity; null: unknown.',
    simple: true,
  })
  readonly sensitivity: SensitivityValue | null;

  @Field(() => Int, { description: 'How many.', simple: true })
  readonly count: number;

  constructor(sensitivity: SensitivityValue | null, count: number) {
    this.sensitivity = sensitivity;
    this.count = count;
  }
}

@ObjectType({ description: 'An exposure in numbers.' })
export class BlastRadiusSummary {
  @Field(() => [KindCount], {
    description: 'By kind, in the order of the enum; only kinds it has.',
    simple: true,
  })
  readonly byKind: readonly KindCount[];

  @Field(() => [SensitivityCount], {
    description: 'Resources by sensitivity, the most sensitive first; only those it has.',
    simple: true,
  })
  readonly bySensitivity: readonly SensitivityCount[];

  @Field(() => Permission, {
    nullable: true,
    description: 'The highest permission on any resource; null where none is reached.',
    simple: true,
  })
  readonly highestPermission: PermissionValue | null;

  constructor(view: GraphView, exposure: ReachSet) {
    const { byKind, bySensitivity, highestPermission } = totalsOf(view, exposure);
    this.byKind = [...byKind].map(([kind, count]) => new KindCount(kind, count));
    this.bySensitivity = [...bySensitivity].map(([rating, count]) => new SensitivityCount(rating, count));
    this.highestPermission = highestPermission;
  }
}
