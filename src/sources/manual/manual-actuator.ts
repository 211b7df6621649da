import type { Actuator, Answer } from '../actuator.js';

/** The `actuation` of sources that no program can act on: a person acts, and attests that the action is done. */
export const MANUAL = 'MANUAL';

/** Answers every order with FOR_A_PERSON. */
export const manualActuator: Actuator = {
  reachesOut: false,
  act: async (): Promise<Answer> => ({ outcome: 'FOR_A_PERSON' }),
};
