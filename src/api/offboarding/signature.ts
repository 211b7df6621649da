import { Field, ObjectType } from 'type-graphql';
import type { Signature as Signed } from '../../offboarding/case/case.js';
import { DateTime } from '../types/scalars.js';

@ObjectType({ description: 'Who did something to a case, when and why.', simpleResolvers: true })
export class Signature {
  constructor(private readonly signed: Signed) {}

  @Field(() => String, { description: 'The subject that signed in.' })
  get subject(): string {
    return this.signed.subject;
  }

  @Field(() => String, { description: 'How they signed in.' })
  get signedInBy(): string {
    return this.signed.signedInBy;
  }

  @Field(() => DateTime, { description: 'When.' })
  get at(): Date {
    return new Date(this.signed.at);
  }

  @Field(() => String, {
    nullable: true,
    description: 'The reason that they gave; null where none is asked for.',
  })
  get reason(): string | null {
    return this.signed.reason;
  }
}

/** Somebody's name, where there is one. */
export const signatureOf = (signed: Signed | null): Signature | null =>
  signed === null ? null : new Signature(signed);
