import type { Actuator, Answer } from '../actuator.js';

/** The `actuation` of sources for demonstrations: nothing outside is called, and the proof says so. */
export const SIMULATED = 'SIMULATED';

/** Answers every order with DONE, and does nothing. */
export const simulatedActuator: Actuator = {
  reachesOut: false,
  act: async (order): Promise<Answer> => ({
    outcome: 'DONE',
    proof: 'SIMULATED',
    reference: `simulated:${order.idempotencyKey.slice(0, 12)}`,
    already: false,
    // A real source would call what it makes something of its own; there is none that could report it here.
    externalId: null,
  }),
};
