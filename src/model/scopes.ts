import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Permission } from './levels.js';
import type { Sensitivity } from './properties.js';

/** What a scope of OAuth lets an app do, by the table of well-known ones (api, section 2). */
export interface ScopeAccess {
  /** As the source wrote it. */
  readonly scope: string;
  /** Whether the table has it. An unknown scope may allow anything. */
  readonly known: boolean;
  readonly permission: Permission | null;
  readonly sensitivity: Sensitivity | null;
  /** What it is about, in one word: mail, files, repositories; null where unknown. */
  readonly about: string | null;
}

/** One vendor's scopes (`seed/scopes/<vendor>.json`): permission, sensitivity and what it is about, by scope. */
interface ScopeTable {
  /** Addresses that the vendor writes before a scope. */
  readonly prefixes: readonly string[];
  readonly scopes: Readonly<Record<string, readonly [Permission, Sensitivity, string]>>;
}

const VENDORS = ['google', 'microsoft', 'github', 'slack'] as const;
type Vendor = (typeof VENDORS)[number];

/** Names of vendors and products by which sources call themselves. */
const NAMES: Readonly<Record<string, Vendor>> = {
  google: 'google',
  'google-workspace': 'google',
  gsuite: 'google',
  gcp: 'google',
  microsoft: 'microsoft',
  'microsoft-graph': 'microsoft',
  'microsoft-365': 'microsoft',
  m365: 'microsoft',
  office365: 'microsoft',
  entra: 'microsoft',
  'entra-id': 'microsoft',
  'azure-ad': 'microsoft',
  azuread: 'microsoft',
  azure: 'microsoft',
  github: 'github',
  slack: 'slack',
};

const tables = new Map<Vendor, ScopeTable>();

function tableOf(vendor: Vendor): ScopeTable {
  const known = tables.get(vendor);
  if (known) return known;
  const path = fileURLToPath(new URL(`../../../seed/scopes/${vendor}.json`, import.meta.url));
  const table = JSON.parse(readFileSync(path, 'utf8')) as ScopeTable;
  tables.set(vendor, table);
  return table;
}

/**
 * What a scope allows. The vendor of the source decides what a word means. Of a vendor whose scopes are not known, only a
 * scope that is an address is read, for a word may mean anything there; where the source names no vendor, a word of which
 * all vendors that have it mean the same.
 *
 * @param vendor as the source names it, in any case; null where it names none
 */
export function readScope(scope: string, vendor: string | null): ScopeAccess {
  const own = NAMES[vendor?.toLowerCase() ?? ''];
  const readable = own !== undefined || vendor === null || scope.startsWith('https://');
  const found = (own ? [own] : readable ? VENDORS : [])
    .map((one) => entryOf(scope, tableOf(one)))
    .filter((one) => one !== undefined);
  const [first] = found;
  const agreed = first !== undefined && found.every((other) => other.join() === first.join());
  if (!agreed) return { scope, known: false, permission: null, sensitivity: null, about: null };
  const [permission, sensitivity, about] = first;
  return { scope, known: true, permission, sensitivity, about };
}

function entryOf(scope: string, { prefixes, scopes }: ScopeTable) {
  const prefix = prefixes.find((one) => scope.startsWith(one));
  const names = prefix === undefined ? [scope] : [scope, scope.slice(prefix.length)];
  const found = names.find((name) => Object.hasOwn(scopes, name));
  return found === undefined ? undefined : scopes[found];
}
