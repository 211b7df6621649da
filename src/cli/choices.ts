import { InvalidArgumentError } from 'commander';
import { nearest } from '../model/nearest.js';

/** Reads one of some values for commander, in any case, with `-` for `_`. */
export function oneOf<V extends string>(values: readonly V[]): (text: string) => V {
  return (text) => {
    const word = text.trim().toLowerCase().replaceAll('-', '_');
    const found = values.find((value) => value.toLowerCase().replaceAll('-', '_') === word);
    if (found !== undefined) return found;
    throw new InvalidArgumentError(refusal(text, values));
  };
}

/** Reads several of some values: each word may be a list with commas, and the option may be given again. */
export function someOf<V extends string>(
  values: readonly V[],
): (text: string, before: readonly V[] | undefined) => V[] {
  const read = oneOf(values);
  return (text, before) => [...(before ?? []), ...text.split(',').map(read)];
}

/** Says what was probably meant, else what there is. */
function refusal(text: string, values: readonly string[]): string {
  const meant = nearest(text, values);
  return meant.length > 0 ? `Did you mean ${meant.join(' or ')}?` : `Give one of ${values.join(', ')}.`;
}
