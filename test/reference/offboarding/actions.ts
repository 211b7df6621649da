/** What is done with an integration (semantics, section 4). */
export const ACTIONS = ['REHOME', 'RETIRE', 'TRANSFER', 'REVIEW'] as const;
export type Action = (typeof ACTIONS)[number];

/** The action of each decided thing, by its id. */
export type Actions = ReadonlyMap<string, Action>;

/** Everything that is decided so. */
export function decidedAs(actions: Actions, action: Action): ReadonlySet<string> {
  return new Set([...actions].filter(([, decided]) => decided === action).map(([id]) => id));
}

/** Something that semantics says is refused. */
export class Refused extends Error {}
