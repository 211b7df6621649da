import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { memoizeByView } from '../../graph/per-view.js';
import { badInput } from '../../model/errors.js';
import { hypothesisOf } from '../../offboarding/what-if/hypothesis.js';
import { READERS } from '../access/access.js';
import { endRecord, startRecord } from '../entity/find-record.js';
import { AllowedRoles, AnswersFrom, ExtraCost } from '../fields/facts.js';
import { overLimit } from '../limits/limits.js';
import type { Operation } from '../operation/operation.js';
import { HypotheticalChange, WhatIf } from './what-if.js';

@Resolver()
export class WhatIfResolver {
  @Query(() => WhatIf, {
    description:
      'The graph as it would be if some things ended together: what stops, what nobody answers for, and what a person ' +
      'could still use. Nothing is changed.',
  })
  @AllowedRoles(READERS)
  // It walks the graph.
  @ExtraCost(10_000)
  @AnswersFrom('state')
  async whatIf(
    @Ctx() operation: Operation,
    @Arg('changes', () => [HypotheticalChange], {
      description: 'What would end: at least one.',
      validate: false,
    })
    changes: readonly HypotheticalChange[],
    @Arg('human', () => ID, {
      nullable: true,
      description: 'Id or email of a human, or id of an account: whose exposure is computed.',
    })
    human?: string | null,
  ): Promise<WhatIf> {
    const { limits } = operation.services;
    if (changes.length === 0) throw badInput('`changes` is empty. Name at least one thing that would end.');
    if (changes.length > limits.filterValues) throw overLimit('filterValues', limits, 'Name fewer things.');
    const moment = await operation.moment();
    const ends: { entity: number; alone: boolean }[] = [];
    for (const { entity, alone } of changes) {
      ends.push({ entity: (await endRecord(moment, entity)).number, alone: alone === true });
    }
    const start = human == null ? null : (await startRecord(moment, human)).number;
    const hypothesis = memoizeByView((view) => hypothesisOf(view, ends));
    // Complete or not at all: that nothing would stop must not be said of a part of the graph.
    await operation.inTurn(() =>
      moment.query((view) => ({
        all: hypothesis(view),
        left: start === null ? null : hypothesis(view).stillReached(start),
      })),
    );
    return new WhatIf(moment, hypothesis, start);
  }
}
