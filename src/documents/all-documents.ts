import * as generated from './generated/graphql.js';

/** An operation of the command line, as a service may trust it. */
export interface NamedDocument {
  /** Its name behind a prefix of ours, such as `x-tendril:AccessPaths`. */
  readonly id: string;
  /** The operation with its fragments. */
  readonly text: string;
}

/** What the names of operations end with in the generated file; those of fragments end otherwise. */
const SUFFIX = /Document$/;

/** All operations that the command line sends. */
export function allDocuments(): readonly NamedDocument[] {
  return Object.entries(generated).flatMap(([name, value]) =>
    value instanceof generated.TypedDocumentString && SUFFIX.test(name)
      ? [{ id: `x-tendril:${name.replace(SUFFIX, '')}`, text: value.toString() }]
      : [],
  );
}
