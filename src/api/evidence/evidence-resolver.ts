import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { requireCase } from '../../offboarding/case/case-documents.js';
import { packOf } from '../../offboarding/evidence/pack.js';
import { periodOf } from '../../offboarding/evidence/population.js';
import { AUDITORS } from '../access/access.js';
import { AllowedRoles, ExtraCost } from '../fields/facts.js';
import type { Operation } from '../operation/operation.js';
import { DateTime } from '../types/scalars.js';
import { Evidence } from './evidence.js';

@Resolver()
export class EvidenceResolver {
  @Query(() => Evidence, {
    description:
      'The evidence of a case, with all people who left in a period, which is the last quarter by default.',
  })
  @AllowedRoles(AUDITORS)
  // It reads a whole case with its events, walks two past states of the graph, and looks at all people.
  @ExtraCost(50_000)
  async evidence(
    @Ctx() operation: Operation,
    @Arg('offboarding', () => ID, { description: 'Id of the case.' }) id: string,
    @Arg('since', () => DateTime, { nullable: true, description: 'The beginning of the period.' })
    since?: Date | null,
    @Arg('until', () => DateTime, { nullable: true, description: 'The end of the period.' })
    until?: Date | null,
  ): Promise<Evidence> {
    const { services, now } = operation;
    const { caseContext, store } = services;
    const offboarding = await requireCase(store.journal, id);
    const asked = {
      ...(since == null ? {} : { since: since.getTime() }),
      ...(until == null ? {} : { until: until.getTime() }),
    };
    const pack = await operation.inTurn(() => packOf(caseContext, offboarding, periodOf(asked, now)));
    return new Evidence(pack, await operation.moment());
  }
}
