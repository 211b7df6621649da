import { KINDS } from '../../model/kinds.js';
import { ADMIN, HELD, highestLevel, type Level, USED } from '../../model/levels.js';
import { RULES, type WalkRule } from '../../model/relationships.js';
import { codeAccess, codeNeeds, codePermission, codeType } from '../../model/rows.js';
import { HUMAN, RESOURCE } from '../kind-codes.js';
import { NEXT_STEPS, NEXT_STEPS_SEEN, PREVIOUS_STEPS, PREVIOUS_STEPS_SEEN } from '../type-sets.js';
import type { EntityNumber, GraphView } from '../view.js';

// The rules of the walk (semantics, section 2), compiled from the relationship table into integers.

/** The highest level of each kind, by kind code. */
export const HIGHEST: readonly Level[] = KINDS.map(highestLevel);

/** The walk rule of one relationship type. */
interface CompiledRule {
  readonly out: boolean;
  readonly into: boolean;
  readonly crossesDead: boolean;
  readonly ifAccess: boolean;
  readonly needsPermission: boolean;
  /** A bit for each kind code: from an entity of these kinds the walk needs the level HELD. */
  readonly heldOn: number;
  readonly gives: WalkRule['gives'];
}

const NOT_WALKED: CompiledRule = {
  out: false,
  into: false,
  crossesDead: false,
  ifAccess: false,
  needsPermission: false,
  heldOn: 0,
  gives: 'FULL',
};

const COMPILED: readonly CompiledRule[] = RULES.map(({ walk }) => {
  if (walk === null) return NOT_WALKED;
  return {
    out: walk.direction !== 'BACKWARD',
    into: walk.direction !== 'FORWARD',
    crossesDead: walk.crossesDead,
    ifAccess: walk.ifAccess,
    needsPermission: walk.needsPermission,
    heldOn: walk.heldOn.reduce((bits, kind) => bits | (1 << KINDS.indexOf(kind)), 0),
    gives: walk.gives,
  };
});

/** Called with one step: the entity that it leads to, with which level, and the relationship. Returns true to end. */
export type StepVisitor = (to: EntityNumber, level: Level, code: number, against: boolean) => boolean | void;

/**
 * Visits every step that the walk takes from `entity` with `level`.
 *
 * @param asLive treats the entity as effective whatever its status: it is the start
 * @param seen visits only steps along relationships that the view has already given from their other end
 */
export function eachStep(
  view: GraphView,
  entity: EntityNumber,
  level: Level,
  asLive: boolean,
  see: StepVisitor,
  seen = false,
): void {
  const wanted = seen ? NEXT_STEPS_SEEN : NEXT_STEPS;
  const kind = view.kindOf(entity);
  const effective = asLive || view.isEffective(entity);
  view.eachOut(
    entity,
    (to, code) => {
      const rule = COMPILED[codeType(code)]!;
      if (!rule.out || !mayPass(rule, kind, effective, level, code)) return;
      return see(to, levelGiven(rule, view.kindOf(to), level, code), code, false);
    },
    wanted.out,
  );
  view.eachIn(
    entity,
    (to, code) => {
      const rule = COMPILED[codeType(code)]!;
      if (!rule.into || !mayPass(rule, kind, effective, level, code)) return;
      return see(to, levelGiven(rule, view.kindOf(to), level, code), code, true);
    },
    wanted.into,
  );
}

function mayPass(rule: CompiledRule, kind: number, effective: boolean, level: Level, code: number): boolean {
  if (!effective && !rule.crossesDead) return false;
  if (rule.ifAccess && !codeAccess(code)) return false;
  if (rule.heldOn !== 0 && level < HELD && (rule.heldOn & (1 << kind)) !== 0) return false;
  return !(rule.needsPermission && kind === RESOURCE && level < codeNeeds(code));
}

function levelGiven(rule: CompiledRule, kind: number, level: Level, code: number): Level {
  switch (rule.gives) {
    case 'FULL':
      return HIGHEST[kind] ?? 1;
    case 'USED':
      return USED;
    case 'CONTROL':
      return kind === RESOURCE ? ADMIN : USED;
    case 'PERMISSION':
      return codePermission(code) as Level;
    case 'SAME':
      return level;
  }
}

/** The level with which one step from `from` with `level` arrives at `to`; 0 where the walk does not take the step. */
export function levelAfter(
  view: GraphView,
  from: EntityNumber,
  level: Level,
  to: EntityNumber,
  code: number,
  against: boolean,
): Level {
  const rule = COMPILED[codeType(code)]!;
  const kind = view.kindOf(from);
  const effective = kind === HUMAN || view.isEffective(from);
  if (!(against ? rule.into : rule.out) || !mayPass(rule, kind, effective, level, code)) return 0;
  return levelGiven(rule, view.kindOf(to), level, code);
}

/** Called with one entity from which a step leads to another, and the lowest level that the step needs. True ends. */
export type BackStepVisitor = (
  from: EntityNumber,
  lowest: Level,
  code: number,
  against: boolean,
) => boolean | void;

/**
 * Visits every entity from which one step leads to `entity` with at least `level`: the reverse of {@link eachStep}.
 * Entities that are not effective are visited only where the step crosses the dead. Humans count as effective, because a walk can only start
 * at a human and never pass one.
 *
 * @param seen visits only steps along relationships that the view has already given from their other end
 */
export function eachStepBack(
  view: GraphView,
  entity: EntityNumber,
  level: Level,
  see: BackStepVisitor,
  seen = false,
): void {
  const wanted = seen ? PREVIOUS_STEPS_SEEN : PREVIOUS_STEPS;
  const kind = view.kindOf(entity);
  const consider = (from: EntityNumber, code: number, against: boolean): boolean | void => {
    const rule = COMPILED[codeType(code)]!;
    if (!(against ? rule.into : rule.out)) return;
    if (rule.ifAccess && !codeAccess(code)) return;
    const lowest = lowestLevel(rule, view.kindOf(from), kind, level, code);
    if (lowest === 0) return;
    if (!rule.crossesDead && view.kindOf(from) !== HUMAN && !view.isEffective(from)) return;
    return see(from, lowest, code, against);
  };
  view.eachIn(entity, (from, code) => consider(from, code, false), wanted.into);
  view.eachOut(entity, (from, code) => consider(from, code, true), wanted.out);
}

/** The lowest level at the near end with which a step arrives with at least `level`; 0: no level does. */
function lowestLevel(rule: CompiledRule, near: number, far: number, level: Level, code: number): Level {
  let lowest: Level = 1;
  if ((rule.heldOn & (1 << near)) !== 0) lowest = HELD;
  if (rule.needsPermission && near === RESOURCE) lowest = codeNeeds(code) as Level;
  if (rule.gives === 'SAME') return Math.max(lowest, level) as Level;
  return levelGiven(rule, far, lowest, code) >= level ? lowest : 0;
}
