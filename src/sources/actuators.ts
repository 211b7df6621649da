import type { Actuator, Actuators, Answer } from './actuator.js';

/**
 * Gives the actuator of a source by the source's `actuation`.
 *
 * @param known the actuators by the value of `actuation`: `MANUAL`, `SIMULATED`, `WEBHOOK`, a connector's name
 * @param sentTo where orders for a source are sent
 */
export function actuatorsBy(
  known: Readonly<Record<string, Actuator>>,
  sentTo: NonNullable<Actuators['sentTo']> = () => null,
): Actuators {
  const byWord = new Map(Object.entries(known));
  const words = [...byWord.keys()].join(', ');
  return {
    sentTo,
    of: ({ id, actuation }) =>
      byWord.get(actuation) ??
      refusing(
        `The source ${id} has the actuation ${actuation}, and there is no such connector; there are ${words}. ` +
          'Import the source with another actuation, and resume the case.',
      ),
  };
}

function refusing(why: string): Actuator {
  return { reachesOut: false, act: async (): Promise<Answer> => ({ outcome: 'REFUSED', why }) };
}
