import { Args, Field, ObjectType } from 'type-graphql';
import type { Case } from '../../offboarding/case/case.js';
import type { KeptPlan } from '../../offboarding/case/kept-plan.js';
import { EntityConnection } from '../entity/connection.js';
import { idsPage } from '../entity/ids-page.js';
import type { Moment } from '../operation/moment.js';
import { ForwardArgs } from '../paging/page-args.js';
import { notedIn, residualRows } from './pages.js';
import { ResidualConnection } from './residual.js';

type EntityPage = EntityConnection;

@ObjectType({
  description: 'The graph as it will be when a plan has been executed, computed before it is approved.',
})
export class Prediction {
  constructor(
    private readonly plan: KeptPlan,
    private readonly offboarding: Case,
    private readonly moment: Moment,
  ) {}

  @Field(() => EntityConnection, {
    description: 'The exposure that remains: it should be empty, or named as residual.',
  })
  exposure(@Args(() => ForwardArgs) paging: ForwardArgs): EntityPage {
    return idsPage(this.moment, 'prediction.exposure', this.plan.prediction.exposure, paging);
  }

  @Field(() => EntityConnection, {
    description: 'Live workloads that the plan touches and that did not work before it; `brokenBy` says why.',
  })
  alreadyBroken(@Args(() => ForwardArgs) paging: ForwardArgs): EntityPage {
    return idsPage(this.moment, 'prediction.alreadyBroken', this.plan.prediction.alreadyBroken ?? [], paging);
  }

  @Field(() => EntityConnection, { description: 'Workloads that work now and will not.' })
  broken(@Args(() => ForwardArgs) paging: ForwardArgs): EntityPage {
    return idsPage(this.moment, 'prediction.broken', this.plan.prediction.broken, paging);
  }

  @Field(() => EntityConnection, {
    description: 'Of those, the ones that are not retired and that approving the plan accepts.',
  })
  accepted(@Args(() => ForwardArgs) paging: ForwardArgs): EntityPage {
    return idsPage(this.moment, 'prediction.accepted', this.plan.body.accepted, paging);
  }

  @Field(() => EntityConnection, {
    description: 'Of those, the ones that the plan neither retires nor accepts: nobody can approve that.',
  })
  unexpected(@Args(() => ForwardArgs) paging: ForwardArgs): EntityPage {
    return idsPage(this.moment, 'prediction.unexpected', this.plan.prediction.unexpected, paging);
  }

  @Field(() => ResidualConnection, {
    description: 'What the plan knowingly leaves: entries of the kind NOTED.',
  })
  noted(@Args(() => ForwardArgs) paging: ForwardArgs): InstanceType<typeof ResidualConnection> {
    return residualRows(this.moment, this.offboarding, notedIn(this.offboarding, this.plan), paging);
  }
}
