/** Why a text is not JSON. */
export class JsonValuesError extends Error {
  override readonly name = 'JsonValuesError';
}

/**
 * The JSON values of a text that has one, or several after one another: pages as `gh api --paginate` and loops around
 * `curl` write them, or one value a line.
 *
 * @throws JsonValuesError where a value is none, or not whole
 */
export function readJsonValues(text: string): unknown[] {
  const whole = text.replace(/^\uFEFF/, '').trim();
  if (whole === '') return [];
  try {
    return [JSON.parse(whole)];
  } catch {
    return split(whole).map(parse);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new JsonValuesError('is not JSON');
  }
}

/** Objects and lists that stand after one another; what is between them may only be white space. */
function split(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { mark, index } of bracketsOf(text)) {
    const opens = mark === '{' || mark === '[';
    if (opens && depth === 0) {
      if (text.slice(start, index).trim() !== '') throw new JsonValuesError('is not JSON');
      start = index;
    }
    depth += opens ? 1 : -1;
    if (depth < 0) throw new JsonValuesError('is not JSON');
    if (depth > 0) continue;
    found.push(text.slice(start, index + 1));
    start = index + 1;
  }
  if (depth > 0) throw new JsonValuesError('ends in the middle of a value: was all of it written?');
  if (text.slice(start).trim() !== '') throw new JsonValuesError('is not JSON');
  return found;
}

/** The brackets of a text that are in no quotes. */
function* bracketsOf(text: string): Generator<{ readonly mark: string; readonly index: number }> {
  let quoted = false;
  for (const { 0: mark, index } of text.matchAll(/["{}[\]]|\\./g)) {
    if (mark === '"') quoted = !quoted;
    else if (!quoted && !mark.startsWith('\\')) yield { mark, index };
  }
}

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The text at a path of an object; undefined where there is none, or it is empty. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), value);
  if (typeof found === 'number') return String(found);
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : undefined;
}

/** The items of all pages: lists as they are, objects by the list under one of the keys, other objects themselves. */
export function itemsOf(values: readonly unknown[], ...keys: readonly string[]): unknown[] {
  return values.flatMap((value): unknown[] => {
    if (Array.isArray(value)) return value.flatMap((item) => (Array.isArray(item) ? itemsOf(item) : [item]));
    const key = isObject(value) ? keys.find((one) => Array.isArray(value[one])) : undefined;
    return key === undefined ? [value] : ((value as JsonObject)[key] as unknown[]);
  });
}
