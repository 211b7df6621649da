import type { JointBlastRadiusQuery } from '../../documents/generated/graphql.js';
import { renderLine } from '../output.js';
import { caveats } from '../radii/caveats.js';
import { levelWords } from '../radii/words.js';
import type { Terminal } from '../terminal.js';
import type { ListColumn } from './columns.js';

type Radius = JointBlastRadiusQuery['jointBlastRadius'];

/** The sets of a radius, in the order in which they are told. */
const REACHED = ['exposure', 'continuity', 'orphans', 'cut'] as const;

/** A member of one of the sets. */
export interface LeavingRow {
  readonly set: (typeof REACHED)[number] | 'conflicts';
  readonly entity: { readonly kind: string; readonly name: string; readonly id: string };
  readonly can: string | null;
  /** Whether it is in the set only because these people leave together; null: the set has no such thing. */
  readonly onlyTogether: boolean | null;
  /** Of what has to end: whether it is somebody else's; null in other sets. */
  readonly foreign: boolean | null;
  /** Of a conflict: what resolves it. */
  readonly resolution: string | null;
  readonly path: readonly { readonly to: { readonly name: string } }[];
}

/** All members of all sets. */
export function leavingRows(radius: Radius): LeavingRow[] {
  const reached = REACHED.flatMap((set) =>
    (radius[set]?.edges ?? []).map((edge): LeavingRow => {
      const { entity, path } = edge.node;
      const onlyTogether = 'onlyTogether' in edge ? flag(edge.onlyTogether) : null;
      const foreign = 'foreign' in edge ? flag(edge.foreign) : null;
      return {
        set,
        entity,
        path,
        can: levelWords(edge.node) ?? null,
        onlyTogether,
        foreign,
        resolution: null,
      };
    }),
  );
  const conflicts = (radius.conflicts?.edges ?? []).map(
    ({ node: { entity, path, resolution } }): LeavingRow => {
      return { set: 'conflicts', entity, path, can: null, onlyTogether: null, foreign: null, resolution };
    },
  );
  return [...reached, ...conflicts];
}

const flag = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);

/** What a reader has to know besides the rows: whether the answer is whole, and what nobody knows. */
export const leavingNotes = (radius: Radius, terminal: Terminal): string[] => [
  ...(radius.incompleteBecause === null ? [] : [`! Not complete: ${radius.incompleteBecause}`]),
  ...caveats(radius).map((line) => renderLine(line, terminal)),
];

export const LEAVING_COLUMNS: readonly ListColumn<LeavingRow>[] = [
  { name: 'set', of: ({ set }) => set },
  { name: 'kind', of: ({ entity }) => entity.kind },
  { name: 'name', of: ({ entity }) => entity.name },
  { name: 'id', of: ({ entity }) => entity.id },
  { name: 'can', of: ({ can }) => can },
  { name: 'onlyTogether', of: ({ onlyTogether }) => onlyTogether },
  { name: 'foreign', of: ({ foreign }) => foreign },
  { name: 'resolution', of: ({ resolution }) => resolution },
  { name: 'path', of: ({ path }) => path.map(({ to }) => to.name).join(' → ') },
];
