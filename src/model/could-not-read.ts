import { compareUtf8 } from './utf8.js';

/** What a source could not read, and why (semantics, section 7). What is missing of it is unknown, and not absent. */
export interface CouldNotRead {
  /** Kinds of entities and types of relationships. In order, each once. */
  readonly kinds: readonly string[];
  /** The id of the one account of which they could not be read; null: of all. */
  readonly account: string | null;
  /** Why, as the source says it. */
  readonly because: string;
}

/** The one form of a list: kinds and entries are sorted, and what is there twice is there once. */
export function inOneForm(list: readonly CouldNotRead[]): readonly CouldNotRead[] {
  const entries = list.map(({ kinds, account, because }) => ({
    kinds: [...new Set(kinds)].sort(compareUtf8),
    account,
    because,
  }));
  const byText = new Map(entries.map((entry) => [textOf(entry), entry]));
  return [...byText].sort(([a], [b]) => compareUtf8(a, b)).map(([, entry]) => entry);
}

/** Whether two entries are about the same kinds of the same account. Both are in the one form. */
export function isAboutTheSame(a: CouldNotRead, b: CouldNotRead): boolean {
  return a.account === b.account && a.kinds.join() === b.kinds.join();
}

/** Whether two lists in the one form say the same. */
export function sameCouldNotRead(a: readonly CouldNotRead[], b: readonly CouldNotRead[]): boolean {
  return a.length === b.length && a.every((entry, at) => textOf(entry) === textOf(b[at] as CouldNotRead));
}

/** What is about one account comes after what is about all. */
function textOf({ kinds, account, because }: CouldNotRead): string {
  return JSON.stringify([account ?? '', kinds, because]);
}
