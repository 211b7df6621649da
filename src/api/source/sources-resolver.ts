import { Ctx, Query, Resolver } from 'type-graphql';
import { READERS } from '../access/access.js';
import { AllowedRoles, AnswersFrom } from '../fields/facts.js';
import type { Operation } from '../operation/operation.js';
import { Source } from './source.js';

@Resolver()
export class SourcesResolver {
  @Query(() => [Source], { description: 'Every source, in order of id.' })
  @AllowedRoles(READERS)
  @AnswersFrom('state')
  async sources(@Ctx() operation: Operation): Promise<Source[]> {
    const moment = await operation.moment();
    return (await moment.loaders.sources()).map((record) => new Source(record, moment));
  }
}
