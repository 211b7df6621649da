import { CLOCK_KINDS } from '../../model/clock.js';
import { CASE_KINDS, CASE_STATES } from '../../offboarding/case/case.js';
import { ACTION_STATES } from '../../offboarding/case/case-action.js';
import { INVARIANTS } from '../../offboarding/case/verification.js';
import { ACTION_KINDS, MODES } from '../../offboarding/plan/plan.js';
import { DECISION_ACTIONS } from '../../offboarding/policy/policy.js';
import { PROOFS } from '../../sources/actuator.js';
import { enumOf } from '../types/enums.js';

export const OffboardingKind = enumOf('OffboardingKind', 'What a case is about.', CASE_KINDS, {
  OFFBOARDING: 'A person leaves.',
  REVOKE: 'One entity is revoked, with everything derived from it.',
  ROTATE: 'One secret is rotated, with its copies.',
  REHOME: 'One workload gets an identity and credentials of its own.',
  TRANSFER: 'One entity gets another owner.',
  RETIRE: 'One entity is taken out of service.',
});

export const OffboardingState = enumOf('OffboardingState', 'How far a case is.', CASE_STATES, {
  IN_REVIEW: 'It waits for decisions, or for somebody else to approve its plan.',
  APPROVED: 'Its plan may be executed.',
  EXECUTING: 'It is being executed.',
  WAITING: 'It is being executed, and waits for a person, a source or a time.',
  VERIFIED: 'It is done, and every invariant holds.',
  INCOMPLETE: 'It was executed, and something is left.',
  CANCELLED: 'It was cancelled.',
});

export const OffboardingMode = enumOf('OffboardingMode', 'In which order a plan cuts.', MODES, {
  CONTINUITY_FIRST: 'Make before break: what others depend on is replaced before it ends.',
  SECURITY_FIRST: 'Break before make: what is replaced stops for a while.',
});

export const DecisionAction = enumOf(
  'DecisionAction',
  'What is to be done with an entity.',
  DECISION_ACTIONS,
  {
    REHOME: 'It goes on under an identity and credentials of its own.',
    RETIRE: 'It is taken out of service.',
    TRANSFER: 'It goes on as it is, and somebody else answers for it.',
    REVIEW: 'A person has to decide.',
  },
);

export const DecisionGuard = enumOf(
  'DecisionGuard',
  'Why a decision was taken back to REVIEW.',
  ['HAS_ANSWERING_OWNER', 'USED_BY_OTHERS', 'WOULD_BREAK_OTHERS', 'NEEDS_REFUSED_APP'] as const,
  {
    HAS_ANSWERING_OWNER: 'It has an owner who answers once the leaver is gone.',
    USED_BY_OTHERS: 'Others have granted it access.',
    WOULD_BREAK_OTHERS: 'Retiring it would contribute to breaking a workload that is to go on.',
    NEEDS_REFUSED_APP: 'Re-homing it needs a grant to an app that is not approved, or is to go.',
  },
);

export const ActionKind = enumOf('ActionKind', 'What an action does.', ACTION_KINDS, {
  LOCK_ACCOUNT: 'Bars an account from signing in, and leaves its credentials.',
  END_SESSIONS: 'Ends sessions and bars new credentials.',
  DISABLE_ACCOUNT: 'Disables an account.',
  PROVISION_IDENTITY: 'Makes a managed identity.',
  PROVISION_GRANT: 'Makes a grant in the place of another.',
  ISSUE_TOKEN: 'Issues a token in the place of another.',
  WRITE_SECRET: 'Writes a new version of a secret.',
  BIND_WORKLOAD: 'Lets a workload use the credentials that were made for it.',
  CONFIRM_RUN: 'Confirms that a workload has run without error.',
  REVOKE_TOKEN: 'Revokes a token.',
  REVOKE_GRANT: 'Revokes a grant.',
  ROTATE_SECRET: 'Rotates a secret with its copies.',
  RESET_SIGN_IN: 'Resets how a shared account is signed in to.',
  TRANSFER_OWNERSHIP: 'Gives an entity another owner.',
  END_RELATIONSHIP: 'Ends relationships of the entity.',
  RETIRE: 'Takes an entity out of service.',
  CHANGE_DECLARATION: 'Changes where something is declared: in code, or in a directory.',
  SET_HUMAN_STATUS: 'Records that a person is leaving, or has left.',
});

export const ActionState = enumOf('ActionState', 'How far an action is.', ACTION_STATES, {
  PENDING: 'It has not been tried yet.',
  RUNNING: 'It is being tried.',
  REQUESTED: 'Its source has accepted it, and will report the outcome.',
  WAITING_FOR_PERSON: 'A person has to do it and attest it.',
  DONE: 'It is done.',
  IRREVOCABLE: 'It was refused, or failed in every attempt.',
  WAIVED: 'A person answers for going on without it.',
});

export const Proof = enumOf('Proof', 'How far the word for a deed goes, the weakest first.', PROOFS, {
  SIMULATED: 'Nothing outside was called.',
  REQUESTED: 'It was asked for.',
  ATTESTED: 'A person has attested it, with a reference to evidence.',
  ACKNOWLEDGED: 'The source has confirmed it.',
  OBSERVED: 'A later look at the source shows it.',
});

export const ResidualKind = enumOf(
  'ResidualKind',
  'Whether what is left keeps a case open.',
  ['OPEN', 'NOTED'] as const,
  { OPEN: 'It keeps the case INCOMPLETE.', NOTED: 'It is said, and keeps nothing open.' },
);

export const ClockKind = enumOf('ClockKind', 'By which clock a case was planned.', CLOCK_KINDS, {
  SYSTEM: 'The clock of the system.',
  FIXED: 'A fixed one (`TENDRIL_CLOCK`): its times are not when things happened.',
});

export const Invariant = enumOf('Invariant', 'What holds after a case that is verified.', INVARIANTS, {
  I1: 'No residue: as far as the sources look, the leaver can use nothing any more.',
  I2: 'No collateral: what worked works, but for what the plan lists.',
  I3: 'Continuity: no re-homed workload stands on the leaver.',
  I4: 'Accountable: somebody answers for what goes on.',
  I5: 'Recorded: each change has its event, and the chain of events holds.',
  I6: 'Restartable: stopped or run twice, it ends in the same state.',
  I7: 'Fixpoint: what appeared while it ran is swept.',
});
