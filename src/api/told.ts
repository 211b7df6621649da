/** How much of a name is told, in characters: a caller may make it as long as a request. */
const MOST = 100;

/** What the log and traces say of an operation: nothing that was asked, and nothing that was answered. */
export interface Told {
  /** The name its caller gave it, cut short where it is very long; null: none, or it was not understood. */
  operation: string | null;
  /** The state it speaks of; null: it never came to one. */
  revision: number | null;
}

/** As much of an operation's name as is told. */
export const nameToTell = (name: string | null | undefined): string | null => name?.slice(0, MOST) ?? null;
