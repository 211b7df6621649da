import type { Millis } from '../../model/time.js';
import type { ActionSet } from './action-set.js';
import type { Catalogue } from './catalogue.js';
import { hasLapsed, passableServices } from './conditions.js';
import { covers, intersects, normalise } from './globs.js';
import { shorten } from './graph.js';
import type { Notes } from './notes.js';
import type { PolicyStatement } from './policy.js';

/** Actions that one statement allows on one ARN pattern. */
export interface Grant {
  readonly actions: ActionSet;
  /** `*` or an ARN pattern, normalised. */
  readonly pattern: string;
  readonly label: string;
  /** Services to which a role may be passed, where the statement limits it. */
  readonly passTo: readonly string[] | undefined;
}

/** Actions that one statement denies; `except` holds the patterns of a NotResource. */
interface Denial {
  readonly actions: ActionSet;
  readonly patterns: readonly string[];
  readonly except: readonly string[];
  readonly label: string;
  readonly conditional: boolean;
}

/** The actions that some statements allow a principal, without those that they deny. */
export interface Allowance {
  readonly grants: readonly Grant[];
  /** Denials without a condition. They are checked again where one thing is asked about. */
  readonly denials: readonly Denial[];
  readonly boundary: Allowance | undefined;
}

/** What is needed to read statements, besides the statements. */
export interface Reading {
  readonly catalogue: Catalogue;
  readonly notes: Notes;
  readonly now: Millis;
}

/** Policy variables of the principal: its user name where it is a user. */
export type Variables = ReadonlyMap<string, string>;

/** How many unknown actions of one statement a note lists. */
const UNKNOWN_SHOWN = 5;

const VARIABLE = /\$\{([^}]*)\}/g;

/** Whether a statement has policy variables in its resources. */
export const hasVariable = (statement: PolicyStatement) =>
  statement.resources.some((resource) => resource.includes('${'));

/**
 * The allowance that `statements` give, limited by what they deny and by `boundary`. As in AWS, an explicit deny wins,
 * and a permissions boundary only limits. Access that depends on the request is kept, and a note says so.
 */
export function allowanceOf(
  statements: readonly PolicyStatement[],
  variables: Variables,
  boundary: Allowance | undefined,
  reading: Reading,
): Allowance {
  const { now } = reading;
  const standing = statements.filter((statement) => !hasLapsed(statement.condition, now));
  const denials = standing
    .filter((statement) => statement.effect === 'Deny')
    .map((statement) => denialOf(statement, variables, reading));
  const allowed = standing
    .filter((statement) => statement.effect === 'Allow')
    .flatMap((statement) => grantsOf(statement, variables, reading));
  const limits = [...denials, ...(boundary?.denials ?? [])];
  const bounded = boundary ? allowed.flatMap((grant) => within(grant, boundary)) : allowed;
  return {
    grants: bounded
      .map((grant) => cut(grant, limits, reading.notes))
      .filter(({ actions }) => !actions.isEmpty),
    denials: limits.filter(({ conditional }) => !conditional),
    boundary,
  };
}

/**
 * Whether `denied` statements of a member, or its boundary, take away from it a part of what its group allows: what is
 * written on the group is then more than the member has.
 */
export function isNarrowed(
  group: Allowance,
  denied: readonly PolicyStatement[],
  variables: Variables,
  boundary: Allowance | undefined,
  reading: Reading,
): boolean {
  const denials = denied
    .filter((statement) => !hasLapsed(statement.condition, reading.now))
    .map((statement) => denialOf(statement, variables, reading))
    .filter(({ conditional }) => !conditional);
  return group.grants.some((grant) => {
    const limits = [...denials, ...(boundary?.denials ?? [])];
    if (limits.some((denial) => touches(denial, grant))) return true;
    if (!boundary) return false;
    const kept = within(grant, boundary).filter(({ pattern }) => covers(pattern, grant.pattern));
    const nothing = reading.catalogue.setOf([]);
    return !grant.actions.minus(kept.reduce((sum, { actions }) => sum.union(actions), nothing)).isEmpty;
  });
}

/** Whether a denial takes anything from a grant. */
const touches = (denial: Denial, grant: Grant) =>
  !grant.actions.intersection(denial.actions).isEmpty &&
  denial.patterns.some((pattern) => intersects(pattern, grant.pattern)) &&
  !denial.except.some((except) => covers(except, grant.pattern));

/** The grants that allow `action` on exactly `arn`; none where it is denied, or beyond the boundary. */
export function allowing(allowance: Allowance, action: number, arn: string): readonly Grant[] {
  const denied = allowance.denials.some(
    (denial) =>
      denial.actions.has(action) &&
      denial.patterns.some((pattern) => covers(pattern, arn)) &&
      !excepted(denial, arn),
  );
  if (denied) return [];
  if (allowance.boundary && allowing(allowance.boundary, action, arn).length === 0) return [];
  return allowance.grants.filter(({ actions, pattern }) => actions.has(action) && covers(pattern, arn));
}

/** The grants that allow `action` on anything at all. */
export const allowingAnywhere = (allowance: Allowance, action: number) =>
  allowance.grants.filter(({ actions }) => actions.has(action));

function actionsOf(statement: PolicyStatement, { catalogue, notes }: Reading): ActionSet {
  const named = [...statement.actions, ...statement.notActions];
  const unknown = named.filter((pattern) => catalogue.expand(pattern).isEmpty);
  if (unknown.length > 0) {
    const list = shorten(unknown, UNKNOWN_SHOWN, ', ');
    notes.add(`Actions of ${statement.label} that AWS's reference does not have are ignored: ${list}.`);
  }
  const union = (patterns: readonly string[]) =>
    patterns.reduce((sum, pattern) => sum.union(catalogue.expand(pattern)), catalogue.setOf([]));
  if (statement.notActions.length === 0) return union(statement.actions);
  return catalogue.all.minus(union(statement.notActions));
}

function patternOf(resource: string, variables: Variables, label: string, notes: Notes): string {
  const filled = resource.replace(VARIABLE, (whole, name: string) => {
    const value = variables.get(name.toLowerCase());
    if (value === undefined) notes.add(`The variable ${whole} in ${label} is read as any value.`);
    return value ?? '*';
  });
  return normalise(filled);
}

function grantsOf(statement: PolicyStatement, variables: Variables, reading: Reading): Grant[] {
  const { label, condition, notResources } = statement;
  const { notes } = reading;
  if (condition)
    notes.add(`The condition of ${label} is not evaluated: what it allows is kept as if it may hold.`);
  if (statement.notActions.length > 0) {
    notes.add(`NotAction in ${label} is read as every action AWS's reference has today but those named.`);
  }
  if (notResources.length > 0) {
    notes.add(
      `NotResource in ${label} is approximated: what it allows is written as allowed on every resource.`,
    );
  }
  const actions = actionsOf(statement, reading);
  const resources = notResources.length > 0 ? ['*'] : statement.resources;
  return resources.map((resource) => ({
    actions,
    pattern: patternOf(resource, variables, label, notes),
    label,
    passTo: passableServices(condition),
  }));
}

function denialOf(statement: PolicyStatement, variables: Variables, reading: Reading): Denial {
  const { label, condition, notResources } = statement;
  const { notes } = reading;
  if (condition) {
    notes.add(`The condition of ${label} is not evaluated: what it would deny is kept as allowed.`);
  }
  // Read as a star, a variable without a value would deny everything, so such a denial does not count.
  const open = [...statement.resources, ...notResources].some((resource) =>
    [...resource.matchAll(VARIABLE)].some(([, name]) => !variables.has((name as string).toLowerCase())),
  );
  const read = (resource: string) => patternOf(resource, variables, label, notes);
  return {
    actions: actionsOf(statement, reading),
    patterns: notResources.length > 0 ? ['*'] : statement.resources.map(read),
    except: notResources.map(read),
    label,
    conditional: condition !== undefined || open,
  };
}

const excepted = (denial: Denial, pattern: string) =>
  denial.except.some((except) => intersects(except, pattern));

/**
 * A grant without the actions that are denied on its whole pattern. An action that is denied on a part of it is
 * kept.
 */
function cut(grant: Grant, denials: readonly Denial[], notes: Notes): Grant {
  let { actions } = grant;
  for (const denial of denials) {
    if (denial.conditional || actions.intersection(denial.actions).isEmpty) continue;
    const whole = denial.patterns.some((pattern) => covers(pattern, grant.pattern));
    if (whole && !excepted(denial, grant.pattern)) {
      actions = actions.minus(denial.actions);
    } else if (denial.patterns.some((pattern) => intersects(pattern, grant.pattern))) {
      notes.add(
        `${denial.label} denies on a part of what ${grant.label} allows: access to the whole is kept.`,
      );
    }
  }
  return { ...grant, actions };
}

/** The part of a grant within a boundary: the actions in both, on the narrower of the two patterns. */
function within(grant: Grant, boundary: Allowance): Grant[] {
  return boundary.grants.flatMap((limit) => {
    const actions = grant.actions.intersection(limit.actions);
    if (actions.isEmpty || !intersects(limit.pattern, grant.pattern)) return [];
    const narrower = covers(grant.pattern, limit.pattern) ? limit.pattern : grant.pattern;
    return [{ ...grant, actions, pattern: narrower, passTo: meet(grant.passTo, limit.passTo) }];
  });
}

function meet(a: readonly string[] | undefined, b: readonly string[] | undefined) {
  if (!a || !b) return a ?? b;
  return a.filter((service) => b.some((other) => intersects(service, other)));
}
