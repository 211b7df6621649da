import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Catalogue } from './catalogue.js';

/** Which actions of AWS have a service act as a role that the caller passes (`seed/aws/passed-roles.json`). */
interface PassedRoles {
  /** Names of actions by service. */
  readonly actions: Readonly<Record<string, readonly string[]>>;
  /** Actions that only prepare: one of those named has to follow before anything acts as the role. */
  readonly needs: Readonly<Record<string, readonly string[]>>;
  /** Services by a label of the principal that a role trusts (`ecs-tasks.amazonaws.com`), where they differ from it. */
  readonly principals: Readonly<Record<string, readonly string[]>>;
}

const FILE = fileURLToPath(new URL('../../../../seed/aws/passed-roles.json', import.meta.url));

let table: PassedRoles | undefined;

function read(): PassedRoles {
  table ??= JSON.parse(readFileSync(FILE, 'utf8')) as PassedRoles;
  return table;
}

/** One way to have something act as a passed role: an action, and those of which one has to follow it (none: no other). */
export interface Passing {
  readonly action: number;
  readonly before: readonly number[] | undefined;
}

/**
 * The services that a principal such as `tasks.apprunner.amazonaws.com` or `states.eu-west-1.amazonaws.com` stands
 * for; empty where no label of it is known.
 */
export function servicesOf(principal: string, catalogue: Catalogue): readonly string[] {
  const labels = principal.replace(/\.amazonaws\.com(\.cn)?$/, '').split('.');
  const { principals } = read();
  const found = labels.flatMap((label) => {
    if (Object.hasOwn(principals, label)) return principals[label] as readonly string[];
    return catalogue.actionsOf(label).length > 0 ? [label] : [];
  });
  return [...new Set(found)];
}

/** The ways to have a service act as a role that is passed to it. */
export function passingTo(service: string, catalogue: Catalogue): readonly Passing[] {
  const { actions, needs } = read();
  const indexes = (names: readonly string[]) =>
    names.flatMap((name) => catalogue.indexOf(`${service}:${name}`) ?? []);
  return indexes(actions[service] ?? []).map((action) => {
    const names = needs[catalogue.actions[action]?.name ?? ''];
    return { action, before: names && indexes(names) };
  });
}
