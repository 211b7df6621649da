import { levelOf, type Permission } from '../../model/levels.js';
import { isObject, type JsonObject, textAt } from '../json-values.js';
import type { SnapshotDraft } from '../snapshot-draft.js';

/** GitHub's roles as permissions; a role of a company's own is judged by what it may do. */
const ROLES: Readonly<Record<string, Permission>> = {
  read: 'READ',
  pull: 'READ',
  triage: 'READ',
  write: 'WRITE',
  push: 'WRITE',
  maintain: 'WRITE',
  admin: 'ADMIN',
};

/** The permission on a repository that an item of a list has, and GitHub's own word for it. */
export function permissionOf(item: JsonObject): { readonly permission: Permission; readonly role: string } {
  const role = textAt(item, 'role_name') ?? textAt(item, 'permission') ?? '';
  const may = isObject(item.permissions) ? item.permissions : {};
  const byRights: Permission =
    may.admin === true ? 'ADMIN' : may.push === true || may.maintain === true ? 'WRITE' : 'READ';
  return { permission: ROLES[role] ?? byRights, role: role || byRights.toLowerCase() };
}

/** The permission that a word of GitHub means (`read`, `write`, `admin`, `none`); undefined: none. */
export const permissionNamed = (word: string | undefined): Permission | undefined => ROLES[word ?? ''];

/** Remembers who may access what, to say what a token of a personal account reaches of ours. */
export class Reach {
  private readonly access = new Map<string, Map<string, Permission>>();
  private readonly groups = new Map<string, Set<string>>();

  constructor(private readonly draft: SnapshotDraft) {}

  /** Writes CAN_ACCESS; of two levels on one thing both stand. */
  grant(from: string, to: string, permission: Permission, evidence: string): void {
    this.draft.relate('CAN_ACCESS', from, to, { permission, evidence });
    const known = this.access.get(from) ?? new Map<string, Permission>();
    const before = known.get(to);
    if (!before || levelOf(permission) > levelOf(before)) known.set(to, permission);
    this.access.set(from, known);
  }

  /** Writes MEMBER_OF. */
  join(member: string, group: string): void {
    this.draft.relate('MEMBER_OF', member, group);
    const known = this.groups.get(member) ?? new Set();
    this.groups.set(member, known.add(group));
  }

  /** All that somebody may access, by themselves and by their groups, each with the highest permission. */
  of(account: string): ReadonlyMap<string, Permission> {
    const found = new Map<string, Permission>();
    const within = new Set([account]);
    for (const one of within) {
      for (const group of this.groups.get(one) ?? []) within.add(group);
      for (const [to, permission] of this.access.get(one) ?? []) {
        const before = found.get(to);
        if (!before || levelOf(permission) > levelOf(before)) found.set(to, permission);
      }
    }
    return found;
  }
}
