import type { ChangesQuery } from '../../documents/generated/graphql.js';
import type { Style } from '../output.js';
import { levelWords } from '../radii/words.js';
import type { ListColumn } from './columns.js';

type ChangeRow = ChangesQuery['changes']['edges'][number]['node'];

/** What is worth a look: more can be used, or something is there again. */
const STYLES: Readonly<Partial<Record<ChangeRow['kind'], Style>>> = {
  GAINED: 'alarm',
  RAISED: 'alarm',
  BACK: 'warning',
  GONE: 'faint',
  LOST: 'faint',
};

/** What differs: an entity by its name, a relationship by its ends. */
function nameOf({ entity, relationship }: ChangeRow): string {
  if (relationship === null) return entity?.name ?? '';
  return `${relationship.from.name} → ${relationship.to.name}`;
}

const typeOf = ({ entity, relationship }: ChangeRow): string =>
  relationship === null
    ? (entity?.kind ?? '')
    : `${relationship.type}${relationship.permission === null ? '' : ` ${relationship.permission}`}`;

/** `status: ACTIVE → LEFT`, or what the person could do and can do now. */
function differencesOf({ fields, before, after }: ChangeRow): string[] {
  if (before !== null || after !== null) {
    const [was, is] = [before, after].map((reach) => reach && levelWords(reach));
    return was || is ? [`can: ${was ?? '–'} → ${is ?? '–'}`] : [];
  }
  return fields.map((field) => `${field.field}: ${field.before ?? '–'} → ${field.after ?? '–'}`);
}

const wayOf = ({ before, after }: ChangeRow): string =>
  ((after ?? before)?.path ?? []).map(({ to }) => to.name).join(' → ');

export const CHANGE_COLUMNS: readonly ListColumn<ChangeRow>[] = [
  { name: 'change', of: ({ kind }) => kind, style: ({ kind }) => STYLES[kind] },
  { name: 'type', of: typeOf },
  { name: 'name', of: nameOf, style: () => 'strong' },
  { name: 'id', of: ({ entity }) => entity?.id ?? null, style: () => 'faint' },
  { name: 'from', hidden: true, of: ({ relationship }) => relationship?.from.id ?? null },
  { name: 'to', hidden: true, of: ({ relationship }) => relationship?.to.id ?? null },
  { name: 'path', hidden: true, of: wayOf },
  { name: 'difference', of: differencesOf },
];
