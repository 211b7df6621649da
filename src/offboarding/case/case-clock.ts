import type { ClockKind } from '../../model/clock.js';
import { conflict } from '../../model/errors.js';
import type { CaseContext } from '../case-context.js';
import type { Case } from './case.js';
import { isPossible } from './case-states.js';

/** Who goes by which clock. */
type Timed = Pick<CaseContext, 'clockKind'>;

/** How a message names each kind of clock. */
const WORDS: Readonly<Record<ClockKind, string>> = {
  SYSTEM: 'the clock of the system',
  FIXED: 'a fixed clock (TENDRIL_CLOCK)',
};

/** How one comes to go by each kind of clock. */
const HOW: Readonly<Record<ClockKind, string>> = {
  SYSTEM: 'unset TENDRIL_CLOCK',
  FIXED: 'set TENDRIL_CLOCK as for its plan',
};

/**
 * Whether a case was planned by another kind of clock than that of this process. Its times and ours would contradict
 * each other: what is ahead for one is over for the other. A case that does not say by which is nobody's alone.
 */
export const isOfAnotherClock = ({ clockKind }: Timed, { clock }: Pick<Case, 'clock'>): boolean =>
  clock !== undefined && clock !== clockKind;

/** Why a case of another kind of clock is left alone, and what to do, in sentences. */
export function whyLeftAlone({ clockKind }: Timed, { id, clock = clockKind, state }: Case): string {
  const again = isPossible('REPLAN', state) ? ', or plan it again here (`replan`)' : '';
  return (
    `The case ${id} was planned by ${WORDS[clock]}, and this process goes by ${WORDS[clockKind]}: their times ` +
    `contradict each other, so it is left alone here. To go on with it, ${HOW[clock]}${again}.`
  );
}

/** Requires that a case was planned by this process's kind of clock. @throws CONFLICT with what to do instead */
export function requireOwnClock(timed: Timed, offboarding: Case): void {
  if (isOfAnotherClock(timed, offboarding))
    throw conflict(whyLeftAlone(timed, offboarding), { clock: offboarding.clock });
}
