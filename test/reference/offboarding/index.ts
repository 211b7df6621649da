/** The slow, plain reading of semantics.md, sections 4 and 5, that planning and executing are held against. */
export { ACTIONS, type Action, type Actions, decidedAs, Refused } from './actions.js';
export { type Aftermath, aftermathOf, breakage, causesOf } from './aftermath.js';
export { breaks, cascadeOf, retirementOf, rotationRequiredBy } from './cascade.js';
export { type Changes, changesBetween } from './changes.js';
export { type DecidedBy, decidedThings } from './decided.js';
export { actionsOf, type Decision, type Decisions, decisionsOf } from './decisions.js';
export { type Departure, departureOf } from './departure.js';
export { followersOf } from './follows.js';
export { appsNeeded, type Guard, grantsReplaced } from './guards.js';
export { handedOver } from './handed-over.js';
export { checkInvariants, type Execution, type Violation } from './invariants.js';
export { needsReissue, type Reissue } from './needs-reissue.js';
export { type Override, refusalOf } from './override.js';
export type { NamedChanges, NamedRelationship, PlanSummary } from './plan-summary.js';
export { DEFAULT_POLICY, type PlainPolicy, type PolicyConditions, type PolicyRule } from './policy.js';
export { type Cut, irreplaceable, reissuable } from './reissuable.js';
export { hangsOn, needsToken, standsOn, stoodOn } from './stands-on.js';
export {
  canSucceed,
  inheritance,
  needsSuccessor,
  type SuccessorQuestion,
  successorFor,
} from './successor.js';
