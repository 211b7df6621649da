/**
 * What of semantics.md the code does already: the rest is generated for no property until it does.
 * Rules without data of their own (`spent`, `administrators`) are read as they were before, where they are missing.
 */
export type Feature =
  | 'sustains'
  | 'spent'
  | 'spent: not in the cut'
  | 'administrators'
  | 'MANAGES'
  | 'CAN_ASSUME Group'
  | 'RUNS_AS required'
  | 'DEPENDS_ON Resource'
  | 'together'
  | 'couldNotRead'
  | 'stopsAt';

/** What the radii do. Wider as code comes. */
export const BUILT: ReadonlySet<Feature> = new Set<Feature>([
  ...(['sustains', 'spent', 'spent: not in the cut', 'administrators', 'MANAGES'] as const),
  ...(['CAN_ASSUME Group', 'RUNS_AS required', 'DEPENDS_ON Resource', 'together', 'stopsAt'] as const),
]);

/** What plans and their execution do. Wider as code comes. */
export const BUILT_INTO_PLANS: ReadonlySet<Feature> = new Set<Feature>([
  ...(['sustains', 'spent', 'administrators', 'MANAGES', 'CAN_ASSUME Group'] as const),
  ...(['RUNS_AS required', 'DEPENDS_ON Resource'] as const),
]);
