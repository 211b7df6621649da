import { OWN_PREFIX } from '../../model/ids.js';

/** A thing by its id and its name. */
interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * Names of things as a text says them where their ids do not stand beside: two of one name are told apart by their
 * sources, with which ids begin, else by their ids. What a plan makes bears the name of what it replaces, and is not
 * mistaken for it: it is always said which of the two is meant.
 *
 * @param things all that the text speaks of
 */
export function distinctNames(things: Iterable<Named>): (thing: Named) => string {
  const idsOf = new Map<string, Set<string>>();
  for (const { id, name } of things)
    if (!id.startsWith(OWN_PREFIX)) idsOf.set(name, (idsOf.get(name) ?? new Set()).add(id));
  return ({ id, name }) => {
    const ids = idsOf.get(name);
    if (ids === undefined || ids.size < 2 || !ids.has(id)) return name;
    const sources = new Set([...ids].map(sourceIn));
    return `${name} (${sources.size === ids.size ? sourceIn(id) : id})`;
  };
}

/** The source that an id begins with; the whole id where it begins with none. */
function sourceIn(id: string): string {
  const end = id.indexOf('/');
  return end < 1 ? id : id.slice(0, end);
}
