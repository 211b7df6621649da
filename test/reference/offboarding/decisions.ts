import type { Millis } from '../../../src/model/time.js';
import type { Start } from '../person.js';
import { entityOf, type PlainGraph } from '../plain-graph.js';
import { type Action, type Actions, Refused } from './actions.js';
import { aftermathOf, breakage, causesOf } from './aftermath.js';
import { decidedThings } from './decided.js';
import { type Departure, departureOf } from './departure.js';
import { followersOf } from './follows.js';
import { type Guard, rehomeIsGuarded, retireGuards } from './guards.js';
import type { Override } from './override.js';
import { refusalOf } from './override.js';
import { firstRule, lastRule, type PlainPolicy } from './policy.js';
import { standsOn } from './stands-on.js';

export interface Decision {
  readonly action: Action;
  /** The rule that matched, whether or not its action stands. */
  readonly rule: string;
  /** What turned RETIRE or REHOME into REVIEW. */
  readonly guards: readonly Guard[];
  readonly overridden: boolean;
}

export interface Decisions {
  readonly decisions: ReadonlyMap<string, Decision>;
  /** Workloads of `C(h)` that take no decision, each with those it breaks because of. */
  readonly follows: ReadonlyMap<string, readonly string[]>;
  /** Workloads that work now and break as things are decided, besides those decided RETIRE. */
  readonly accepted: ReadonlySet<string>;
}

/** Section 4 whole, for one person or several at once, at one moment. Refused: an override that cannot be. */
export function decisionsOf(
  graph: PlainGraph,
  human: Start,
  policy: PlainPolicy,
  evaluatedAt: Millis,
  overrides: readonly Override[] = [],
): Decisions {
  const departure = departureOf({ ...graph, now: evaluatedAt }, human, policy.rotateReadable);
  let decisions = withOverrides(departure, byRules(departure, policy, evaluatedAt), overrides);
  decisions = withRetireGuards(departure, decisions);
  decisions = withRehomeGuards(departure, decisions);
  const actions = actionsOf(decisions);
  return {
    decisions,
    follows: followersOf(departure, new Set(decisions.keys())),
    accepted: breakage(aftermathOf(departure, actions), actions),
  };
}

export function actionsOf(decisions: ReadonlyMap<string, Decision>): Actions {
  return new Map([...decisions].map(([id, { action }]) => [id, action]));
}

function byRules(
  departure: Departure,
  policy: PlainPolicy,
  evaluatedAt: Millis,
): ReadonlyMap<string, Decision> {
  const decisions = new Map<string, Decision>();
  for (const [id, by] of decidedThings(departure)) {
    const stands = standsOn(departure, id);
    const thing = entityOf(departure.graph, id);
    const match = by === 'FIRST' ? firstRule(policy, thing, stands, evaluatedAt) : lastRule(policy, stands);
    decisions.set(id, { ...match, guards: [], overridden: false });
  }
  return decisions;
}

function withOverrides(
  departure: Departure,
  decisions: ReadonlyMap<string, Decision>,
  overrides: readonly Override[],
): ReadonlyMap<string, Decision> {
  const all = new Map(decisions);
  for (const override of overrides) {
    const refusal = refusalOf(departure, override);
    const decision = all.get(override.entity);
    if (refusal !== undefined || !decision) throw new Refused(refusal);
    all.set(override.entity, { ...decision, action: override.action, overridden: true });
  }
  return all;
}

/** Round by round: every RETIRE by a rule of which a guard holds becomes REVIEW, all of a round at once. */
function withRetireGuards(
  departure: Departure,
  decisions: ReadonlyMap<string, Decision>,
): ReadonlyMap<string, Decision> {
  let all = decisions;
  for (;;) {
    const actions = actionsOf(all);
    const aftermath = aftermathOf(departure, actions);
    const causes = causesOf(departure, aftermath, breakage(aftermath, actions));
    const reviewed = [...all].flatMap(([id, decision]): [string, Decision][] => {
      if (decision.action !== 'RETIRE' || decision.overridden) return [];
      const guards = retireGuards(departure, causes, id);
      return guards.length === 0 ? [] : [[id, { ...decision, action: 'REVIEW', guards }]];
    });
    if (reviewed.length === 0) return all;
    all = new Map([...all, ...reviewed]);
  }
}

function withRehomeGuards(
  departure: Departure,
  decisions: ReadonlyMap<string, Decision>,
): ReadonlyMap<string, Decision> {
  const actions = actionsOf(decisions);
  return new Map(
    [...decisions].map(([id, decision]): [string, Decision] => {
      const { action, overridden } = decision;
      if (action !== 'REHOME' || !rehomeIsGuarded(departure, actions, id, overridden)) return [id, decision];
      return [id, { ...decision, action: 'REVIEW', guards: ['GRANT_TO_APP'] }];
    }),
  );
}
