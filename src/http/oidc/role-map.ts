import { FileSchema } from '../../model/json-file.js';
import { ROLES, type Role } from '../../model/roles.js';

/** How claims of a token give roles. `schema/roles.schema.json` describes each property. */
export interface RoleMap {
  readonly claim: string | readonly string[];
  readonly tokenType?: 'at+jwt' | 'JWT';
  readonly roles: Readonly<Record<string, readonly Role[]>>;
}

const schema = new FileSchema<RoleMap>('roles.schema.json', 'roles file', { strictTypes: false });

/**
 * Reads the text of the file that `TENDRIL_ROLES` names.
 *
 * @param name what messages call the file
 * @throws BAD_INPUT with every problem and its line
 */
export function readRoleMap(text: string, name: string): RoleMap {
  return schema.read(text, name).value;
}

/** The roles that the claims of a token give, in the order of `ROLES`; an empty list where they give none. */
export function rolesOf(claims: Readonly<Record<string, unknown>>, map: RoleMap): Role[] {
  const given = new Set<Role>();
  for (const value of valuesOf(claims, map.claim)) {
    if (Object.hasOwn(map.roles, value)) for (const role of map.roles[value] ?? []) given.add(role);
  }
  return ROLES.filter((role) => given.has(role));
}

function valuesOf(claims: unknown, claim: RoleMap['claim']): string[] {
  const path = typeof claim === 'string' ? [claim] : claim;
  let value = claims;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return [];
    value = (value as Record<string, unknown>)[name];
  }
  // `scope` is one text with a space between its values (RFC 8693, section 4.2); another text is one value.
  if (typeof value === 'string') return path.at(-1) === 'scope' ? value.split(' ') : [value];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
