import type { Kind } from './kinds.js';

/** Permissions on a Resource, weakest first. The source's own name for one stays in `evidence`. */
export const PERMISSIONS = ['READ', 'WRITE', 'ADMIN'] as const;
export type Permission = (typeof PERMISSIONS)[number];

/**
 * Levels are small integers, so that "at least" is `>=` (semantics, section 2, Levels).
 * On a Resource: 1 READ, 2 WRITE, 3 ADMIN. On an Account, ServiceIdentity, App or Grant: 1 USED, 2 HELD.
 * Every other kind has the one level 1. 0 is "not reached".
 */
export type Level = 0 | 1 | 2 | 3;

export const READ = 1;
export const WRITE = 2;
export const ADMIN = 3;
export const USED = 1;
export const HELD = 2;

/** Kinds whose level is a permission. */
export function hasPermission(kind: Kind): boolean {
  return kind === 'Resource';
}

/** Kinds whose level says whether they are used or held. */
export function isPrincipal(kind: Kind): boolean {
  return kind === 'Account' || kind === 'ServiceIdentity' || kind === 'App' || kind === 'Grant';
}

/** The highest level with which the walk can stand on an entity of a kind. */
export function highestLevel(kind: Kind): Level {
  if (hasPermission(kind)) return ADMIN;
  return isPrincipal(kind) ? HELD : 1;
}

/** The level of a permission. */
export function levelOf(permission: Permission): Level {
  return (PERMISSIONS.indexOf(permission) + 1) as Level;
}

/** The permission of a level on a Resource. */
export function permissionOf(level: Level): Permission {
  return PERMISSIONS[Math.max(0, level - 1)] as Permission;
}
