/** One text in an item: a value or a key. */
export interface Leaf {
  /** The path to it, e.g. `attributes.labels.team` or `scopes[2]`. */
  readonly path: string;
  readonly text: string;
  /** The key of the value; null for keys themselves and for items of lists. */
  readonly key: string | null;
}

/** Other keys are shown by their position, because a key may itself be a secret. */
const PLAIN_KEY = /^[A-Za-z_][A-Za-z0-9_-]{0,31}$/;

/** The longest path that is shown; of deeper values only the beginning of the path is. */
const MAX_PATH = 400;

/** Every text in a JSON value, keys included, in order. It uses no recursion, since values may nest deep. */
export function leaves(value: unknown): Leaf[] {
  const found: Leaf[] = [];
  const waiting: { path: string; key: string | null; value: unknown }[] = [{ path: '', key: null, value }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path, key, value: inner } = next;
    if (typeof inner === 'string') {
      found.push({ path, text: inner, key });
    } else if (Array.isArray(inner)) {
      for (let at = inner.length - 1; at >= 0; at -= 1) {
        waiting.push({ path: step(path, `[${at}]`), key: null, value: inner[at] });
      }
    } else if (typeof inner === 'object' && inner !== null) {
      const names = Object.keys(inner);
      for (let at = names.length - 1; at >= 0; at -= 1) {
        const name = names[at] as string;
        const place = pathTo(path, name, at);
        waiting.push({ path: place, key: name, value: (inner as Record<string, unknown>)[name] });
        waiting.push({ path: `${place} (key)`, key: null, value: name });
      }
    }
  }
  return found;
}

/** The path of the value under a key. @param at the position of the key, which is shown where the key must not be */
export function pathTo(path: string, name: string, at: number): string {
  const shown = PLAIN_KEY.test(name) ? name : `{${at}}`;
  return path === '' ? shown : step(path, `.${shown}`);
}

/** Adds a step to a path. Paths must not grow with the depth, since each of many texts has its own. */
function step(path: string, further: string): string {
  if (path.length <= MAX_PATH) return path + further;
  return path.endsWith('…') ? path : `${path}…`;
}
