import { ArgsType, Field, Int } from 'type-graphql';
import type { ForwardPaging, Paging } from './paging.js';

/** Pages of a computed list: forward only. */
@ArgsType()
export class ForwardArgs implements ForwardPaging {
  @Field(() => Int, { nullable: true, description: 'How many rows: 50 by default, at most 1,000.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only rows after this cursor.' })
  after?: string | null;
}

/** Pages of a stored list: `first` with `after`, or `last` with `before`. */
@ArgsType()
export class PageArgs extends ForwardArgs implements Paging {
  @Field(() => Int, { nullable: true, description: 'How many rows from the end, instead of `first`.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'With `last`: only rows before this cursor.' })
  before?: string | null;
}
