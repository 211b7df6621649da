import type { GraphState } from '../../graph/graph-state.js';
import type { GraphView } from '../../graph/view.js';
import { PERMISSIONS } from '../../model/levels.js';
import { RULES } from '../../model/relationships.js';
import { codePermission, codeType, type GraphRows } from '../../model/rows.js';
import type { Store } from '../../store/store.js';
import type { CaseAction } from '../case/case-action.js';

/**
 * What the commits of a case changed in the graph although no action of the case names it (semantics, section 5, I2).
 *
 * @param revisions those of the commits, in order: the case made every change between each and the one before
 */
export async function unnamedChanges(
  store: Pick<Store, 'scan'>,
  graphState: GraphState,
  actions: readonly CaseAction[],
  revisions: readonly number[],
): Promise<{ readonly unnamed: string[]; readonly seen: number }> {
  const names = namesIn(actions);
  const unnamed = new Set<string>();
  let seen = 0;
  for (const [since, until] of runsOf(revisions)) {
    for await (const rows of store.scan(since, until)) {
      for (const name of await graphState.query((view) => [...changedIn(view, rows)])) {
        seen += 1;
        if (!names.has(name)) unnamed.add(name);
      }
    }
  }
  return { unnamed: [...unnamed], seen };
}

/** Consecutive revisions, joined to ranges: from the revision before the first to the last. */
function runsOf(revisions: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const revision of revisions) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === revision - 1) run[1] = revision;
    else runs.push([revision - 1, revision]);
  }
  return runs;
}

function namesIn(actions: readonly CaseAction[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { action } of actions) {
    // A rotation also sets its time, and a status while it waits until tokens are dead.
    if (action.kind === 'ROTATE_SECRET') names.add(action.entity);
    for (const change of action.changes) {
      if (change.change === 'SET_STATUS') names.add(change.entity);
      else if (change.change === 'CREATE') names.add(change.entity.id);
      else {
        const { type, from, to, permission } = change.relationship;
        names.add(nameOf(type, from, to, permission ?? null));
      }
    }
  }
  return names;
}

function* changedIn(view: GraphView, { entities, relationships }: GraphRows): Generator<string> {
  for (let at = 0; at < entities.count; at += 1) yield entities.id[at] as string;
  for (let at = 0; at < relationships.count; at += 1) {
    const code = relationships.code[at] as number;
    const { type } = RULES[codeType(code)]!;
    const permission = PERMISSIONS[codePermission(code) - 1] ?? null;
    yield nameOf(
      type,
      view.idOf(relationships.from[at] as number),
      view.idOf(relationships.to[at] as number),
      permission,
    );
  }
}

const nameOf = (type: string, from: string, to: string, permission: string | null): string =>
  `${type} from ${from} to ${to}${permission === null ? '' : ` (${permission})`}`;
