import type { CaseAction } from '../case/case-action.js';

/** What is issued and written together: no value waits in memory for a secret that cannot be written yet. */
export interface ValueGroup {
  /** In the order of execution: what others are delegated from comes first. */
  readonly issues: readonly CaseAction[];
  readonly writes: readonly CaseAction[];
}

/** Whether a token is issued whose value has to be written somewhere. */
export const isIssuedToWrite = ({ action }: CaseAction): boolean =>
  action.kind === 'ISSUE_TOKEN' && 'writtenTo' in action.details;

/** The writes that store the value of something that is issued. */
export const writesOf = (issue: CaseAction, actions: readonly CaseAction[]): CaseAction[] =>
  actions.filter(
    ({ action }) => action.kind === 'WRITE_SECRET' && action.dependsOn.includes(issue.action.id),
  );

/** The group of something that is issued: whatever its secrets store with it, and what that is delegated from. */
export function groupOf(issue: CaseAction, actions: readonly CaseAction[]): ValueGroup {
  const issuing = new Map(actions.filter(isIssuedToWrite).map((one) => [one.action.id, one]));
  const issues = new Map([[issue.action.id, issue]]);
  const writes = new Map<string, CaseAction>();
  const take = (ids: readonly string[]) => {
    for (const id of ids) {
      const other = issuing.get(id);
      if (other !== undefined) issues.set(id, other);
    }
  };
  for (const one of issues.values()) {
    take(one.action.dependsOn);
    for (const write of writesOf(one, actions)) {
      writes.set(write.action.id, write);
      take(write.action.dependsOn);
    }
  }
  const inOrder = (some: Iterable<CaseAction>) => [...some].sort((a, b) => a.position - b.position);
  return { issues: inOrder(issues.values()), writes: inOrder(writes.values()) };
}

/** Ids of all that a group waits for, besides its own. */
export function waitsFor({ issues, writes }: ValueGroup): string[] {
  const own = new Set([...issues, ...writes].map(({ action }) => action.id));
  return [...issues, ...writes].flatMap(({ action }) => action.dependsOn.filter((id) => !own.has(id)));
}
