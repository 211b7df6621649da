/** One text in an item: a value, or the key of one that the model does not name. */
export interface Leaf {
  /** Where it stands, e.g. `attributes.labels.team` or `scopes[2]`. */
  readonly path: string;
  readonly text: string;
  /** The key it is the value of; null for keys themselves and items of lists. */
  readonly key: string | null;
}

/** Keys longer than this, or with other characters, are given by position: a key may itself be a secret. */
const PLAIN_KEY = /^[A-Za-z_][A-Za-z0-9_-]{0,31}$/;

/** Longest path that is told; of what lies deeper only the way so far. */
const MAX_PATH = 400;

/** Every text in a JSON value, keys included, in order. It keeps its own stack: the value may nest deep. */
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

/** The path of the value under a key; `at`: the position of the key, which is told where the key may not be. */
export function pathTo(path: string, name: string, at: number): string {
  const shown = PLAIN_KEY.test(name) ? name : `{${at}}`;
  return path === '' ? shown : step(path, `.${shown}`);
}

/** A path and a step further. Paths must not grow with the depth: each of many texts has its own. */
function step(path: string, further: string): string {
  if (path.length <= MAX_PATH) return path + further;
  return path.endsWith('…') ? path : `${path}…`;
}
