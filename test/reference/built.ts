/**
 * What of semantics.md the code does already: the rest is generated for no property until it does.
 * Rules without data of their own (`spent`, `administrators`) are read as they were before, where they are missing.
 */
export type Feature =
  | 'sustains'
  | 'spent'
  | 'administrators'
  | 'MANAGES'
  | 'CAN_ASSUME Group'
  | 'RUNS_AS required'
  | 'DEPENDS_ON Resource'
  | 'together'
  | 'couldNotRead'
  | 'stopsAt';

/** Wider as code comes. */
export const BUILT: ReadonlySet<Feature> = new Set<Feature>(['administrators']);
