import type { Actuator, Actuators, Answer, Order } from '../../../src/sources/actuator.js';
import { actuatorsBy } from '../../../src/sources/actuators.js';
import { manualActuator } from '../../../src/sources/manual/manual-actuator.js';
import { simulatedActuator } from '../../../src/sources/simulated/simulated-actuator.js';

/** How the outside answers an order: by what it was asked so far under its key. */
export type Manner = (order: Order, asked: number) => Answer | Promise<Answer>;

export const done: Answer = {
  outcome: 'DONE',
  proof: 'ACKNOWLEDGED',
  reference: 'r',
  already: false,
  externalId: null,
};

/** The word by which a source is acted on by {@link Outside}. */
export const OUTSIDE = 'OUTSIDE';

/** A system outside of the process, of which a test says how it answers; it remembers what it was asked. */
export class Outside implements Actuator {
  readonly reachesOut = true;
  readonly asked: Order[] = [];

  constructor(public manner: Manner = () => done) {}

  async act(order: Order): Promise<Answer> {
    this.asked.push(order);
    return this.manner(order, this.timesAsked(order.idempotencyKey));
  }

  timesAsked(key: string): number {
    return this.asked.filter(({ idempotencyKey }) => idempotencyKey === key).length;
  }

  /** Orders of a kind for an entity. */
  of(kind: string, entity: string): Order[] {
    return this.asked.filter((order) => order.kind === kind && order.entity.id === entity);
  }

  get actuators(): Actuators {
    return actuatorsBy({ MANUAL: manualActuator, SIMULATED: simulatedActuator, [OUTSIDE]: this });
  }
}
