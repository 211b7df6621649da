import type { Actuator, Answer } from '../actuator.js';

/** The way to act of sources that no program acts on: a person does it, and attests that it is done. */
export const MANUAL = 'MANUAL';

export const manualActuator: Actuator = {
  reachesOut: false,
  act: async (): Promise<Answer> => ({ outcome: 'FOR_A_PERSON' }),
};
