import { Field, ObjectType } from 'type-graphql';
import type { Permission as PermissionValue } from '../../model/levels.js';
import type { Sensitivity as SensitivityValue } from '../../model/properties.js';
import { readScope, type ScopeAccess as ScopeAccessValue } from '../../model/scopes.js';
import type { Moment } from '../operation/moment.js';
import { Permission, Sensitivity } from '../types/enums.js';

@ObjectType({
  description: 'What one scope allows, by the table of well-known scopes.',
  simpleResolvers: true,
})
export class ScopeAccess {
  @Field(() => String, { description: 'The scope, in the words of the source.' })
  readonly scope: string;

  @Field(() => Boolean, { description: 'Whether the table has it. An unknown scope may allow anything.' })
  readonly known: boolean;

  @Field(() => Permission, { nullable: true, description: 'The most that it allows; null: unknown.' })
  readonly permission: PermissionValue | null;

  @Field(() => Sensitivity, {
    nullable: true,
    description: 'How much what it is about usually matters; null: unknown.',
  })
  readonly sensitivity: SensitivityValue | null;

  @Field(() => String, {
    nullable: true,
    description: 'What it is about, in a word: mail, files, repositories; null: unknown.',
  })
  readonly about: string | null;

  constructor({ scope, known, permission, sensitivity, about }: ScopeAccessValue) {
    this.scope = scope;
    this.known = known;
    this.permission = permission;
    this.sensitivity = sensitivity;
    this.about = about;
  }
}

/** What each of some scopes allows: the vendor of the source that has the entity decides what a word means. */
export async function accessOf(
  scopes: readonly string[],
  source: number,
  moment: Moment,
): Promise<ScopeAccess[]> {
  if (scopes.length === 0) return [];
  const { vendor } = await moment.source(source);
  return scopes.map((scope) => new ScopeAccess(readScope(scope, vendor)));
}
