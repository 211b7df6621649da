import { Field, Int, ObjectType } from 'type-graphql';
import type { ReachSet } from '../../graph/answers.js';
import type { GraphView } from '../../graph/view.js';
import { KINDS, type Kind } from '../../model/kinds.js';
import {
  hasPermission,
  type Level,
  type Permission as PermissionValue,
  permissionOf,
} from '../../model/levels.js';
import { SENSITIVITIES, type Sensitivity as SensitivityValue } from '../../model/properties.js';
import { EntityKind, Permission, Sensitivity } from '../enums.js';
import { sensitivityOf } from './flags.js';

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
    description: 'The sensitivity; null: nobody has said.',
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
    description: 'The most that can be done with any resource; null where none is reached.',
    simple: true,
  })
  readonly highestPermission: PermissionValue | null;

  constructor(view: GraphView, exposure: ReachSet) {
    const kinds = new Map<Kind, number>();
    const ratings = new Map<SensitivityValue | null, number>();
    let highest: Level = 0;
    for (const { entity, level } of exposure.members) {
      const kind = KINDS[view.kindOf(entity)] as Kind;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      if (!hasPermission(kind)) continue;
      const rating = sensitivityOf(view, entity) ?? null;
      ratings.set(rating, (ratings.get(rating) ?? 0) + 1);
      if (level > highest) highest = level;
    }
    const order = [...SENSITIVITIES].reverse();
    this.byKind = KINDS.filter((kind) => kinds.has(kind)).map(
      (kind) => new KindCount(kind, kinds.get(kind) ?? 0),
    );
    this.bySensitivity = [...order, null]
      .filter((rating) => ratings.has(rating))
      .map((rating) => new SensitivityCount(rating, ratings.get(rating) ?? 0));
    this.highestPermission = highest === 0 ? null : permissionOf(highest);
  }
}
