import type { Actuator, Actuators, Answer } from './actuator.js';

/**
 * Finds the actuator of a source by how it is acted on.
 *
 * @param known by the word that a source's `actuation` has: `MANUAL`, `SIMULATED`, `WEBHOOK`, a connector's name.
 */
export function actuatorsBy(known: Readonly<Record<string, Actuator>>): Actuators {
  const byWord = new Map(Object.entries(known));
  const words = [...byWord.keys()].join(', ');
  return {
    of: ({ id, actuation }) =>
      byWord.get(actuation) ??
      refusing(
        `The source ${id} is acted on by ${actuation}, and no such connector is there; there are ${words}. ` +
          'Import the source with another actuation, and resume the case.',
      ),
  };
}

function refusing(why: string): Actuator {
  return { reachesOut: false, act: async (): Promise<Answer> => ({ outcome: 'REFUSED', why }) };
}
