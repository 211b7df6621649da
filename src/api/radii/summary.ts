import { Field, Int, ObjectType } from 'type-graphql';
import type { ReachSet } from '../../graph/answers.js';
import type { GraphView } from '../../graph/view.js';
import type { Kind } from '../../model/kinds.js';
import { PERMISSIONS, type Permission as PermissionValue } from '../../model/levels.js';
import type { Sensitivity as SensitivityValue } from '../../model/properties.js';
import { readScope } from '../../model/scopes.js';
import type { Moment } from '../operation/moment.js';
import { EntityKind, Permission, Sensitivity } from '../types/enums.js';
import { type Totals, totalsOf } from './totals.js';

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
    description:
      'The highest permission on any resource, or that scopes allow of which no relationship says what they reach; ' +
      'null where there is none.',
    simple: true,
  })
  readonly highestPermission: PermissionValue | null;

  constructor({ byKind, bySensitivity, highestPermission }: Totals) {
    this.byKind = [...byKind].map(([kind, count]) => new KindCount(kind, count));
    this.bySensitivity = [...bySensitivity].map(([rating, count]) => new SensitivityCount(rating, count));
    this.highestPermission = highestPermission;
  }
}

/** The numbers of an exposure. Scopes count where no relationship says what they reach. */
export async function summaryOf(
  moment: Moment,
  exposure: (view: GraphView) => ReachSet,
): Promise<BlastRadiusSummary> {
  const totals = await moment.queryInPart((view) => totalsOf(view, exposure(view)));
  if (totals.highestPermission === 'ADMIN') return new BlastRadiusSummary(totals);
  const records = await moment.loaders.entityByNumber.loadMany(totals.byScopes);
  const found: (PermissionValue | null)[] = [totals.highestPermission];
  for (const record of records) {
    if (record instanceof Error) throw record;
    const scopes = record?.properties.scopes;
    if (record === undefined || !Array.isArray(scopes)) continue;
    const { vendor } = await moment.source(record.source);
    found.push(...scopes.map((scope) => readScope(String(scope), vendor).permission));
  }
  const highestPermission = [...PERMISSIONS].reverse().find((one) => found.includes(one)) ?? null;
  return new BlastRadiusSummary({ ...totals, highestPermission });
}
