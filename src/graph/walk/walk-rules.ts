import { KINDS } from '../../model/kinds.js';
import { HELD, highestLevel, type Level, USED } from '../../model/levels.js';
import { RULES, type WalkRule } from '../../model/relationships.js';
import { codeAccess, codeNeeds, codePermission, codeType } from '../../model/rows.js';
import { HUMAN, RESOURCE } from '../kind-codes.js';
import { NEXT_STEPS, NEXT_STEPS_SEEN, PREVIOUS_STEPS, PREVIOUS_STEPS_SEEN } from '../type-sets.js';
import type { EntityNumber, GraphView } from '../view.js';

/** The walk of semantics section 2, one step at a time, with its rules compiled from the table into integers. */

/** The highest level of each kind, by kind code. */
export const HIGHEST: readonly Level[] = KINDS.map(highestLevel);

interface CompiledRule {
  readonly out: boolean;
  readonly into: boolean;
  readonly crossesDead: boolean;
  readonly ifAccess: boolean;
  readonly needsPermission: boolean;
  /** Bit by kind code: standing on one of these, the walk must hold it. */
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

/** Sees one step: where it leads and with which level, over which relationship. True ends the visit. */
export type StepVisitor = (to: EntityNumber, level: Level, code: number, against: boolean) => boolean | void;

/**
 * Every step of the walk that stands on `entity` with `level`.
 *
 * @param asLive the entity is walked from as if it were live (the human asked about).
 * @param seen only steps over what was looked at from the other end before
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
  const live = asLive || view.isLive(entity);
  view.eachOut(
    entity,
    (to, code) => {
      const rule = COMPILED[codeType(code)]!;
      if (!rule.out || !mayPass(rule, kind, live, level, code)) return;
      return see(to, levelGiven(rule, view.kindOf(to), level, code), code, false);
    },
    wanted.out,
  );
  view.eachIn(
    entity,
    (to, code) => {
      const rule = COMPILED[codeType(code)]!;
      if (!rule.into || !mayPass(rule, kind, live, level, code)) return;
      return see(to, levelGiven(rule, view.kindOf(to), level, code), code, true);
    },
    wanted.into,
  );
}

function mayPass(rule: CompiledRule, kind: number, live: boolean, level: Level, code: number): boolean {
  if (!live && !rule.crossesDead) return false;
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
    case 'PERMISSION':
      return codePermission(code) as Level;
    case 'SAME':
      return level;
  }
}

/** The level that one step from `level` on `from` arrives with on `to`; 0 where it may not be taken. */
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
  const live = kind === HUMAN || view.isLive(from);
  if (!(against ? rule.into : rule.out) || !mayPass(rule, kind, live, level, code)) return 0;
  return levelGiven(rule, view.kindOf(to), level, code);
}

/** Sees one entity from which the walk may step onto another, and the lowest level it must stand with. */
export type BackStepVisitor = (
  from: EntityNumber,
  lowest: Level,
  code: number,
  against: boolean,
) => boolean | void;

/**
 * Every entity from which one step leads onto `entity` with at least `level`: the reverse of {@link eachStep}.
 * Dead entities are among them only where the step crosses the dead; humans are taken as if live, for a walk
 * only ever starts at one.
 *
 * @param seen only steps over what was looked at from the other end before
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
    if (!rule.crossesDead && !view.isLive(from) && view.kindOf(from) !== HUMAN) return;
    return see(from, lowest, code, against);
  };
  view.eachIn(entity, (from, code) => consider(from, code, false), wanted.into);
  view.eachOut(entity, (from, code) => consider(from, code, true), wanted.out);
}

/** The lowest level on the near end that lets a step arrive with at least `level`; 0: none does. */
function lowestLevel(rule: CompiledRule, near: number, far: number, level: Level, code: number): Level {
  let lowest: Level = 1;
  if ((rule.heldOn & (1 << near)) !== 0) lowest = HELD;
  if (rule.needsPermission && near === RESOURCE) lowest = codeNeeds(code) as Level;
  if (rule.gives === 'SAME') return Math.max(lowest, level) as Level;
  return levelGiven(rule, far, lowest, code) >= level ? lowest : 0;
}
