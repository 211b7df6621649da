import { describe, expect, test } from '@jest/globals';
import { VARIABLES } from '../../src/config/variables.js';
import { ERROR_CODES } from '../../src/model/errors.js';
import { KINDS } from '../../src/model/kinds.js';
import { RELATIONSHIP_TYPES } from '../../src/model/relationships.js';
import { ROLES } from '../../src/model/roles.js';
import { textOf } from './files.js';

/** Something that a page of the design names, and whether the page marks it as not built. */
interface Named {
  readonly name: string;
  readonly notYet: boolean;
}

const api = textOf('docs/design/api.md');
const semantics = textOf('docs/design/semantics.md');
const isMarked = (line: string) => line.includes('*(not yet)*');

/** The names that a pattern finds in each line. A mark is about all names of its line. */
function named(text: string, pattern: RegExp): Named[] {
  return text
    .split('\n')
    .flatMap((line) =>
      [...line.matchAll(pattern)].map(([, name]) => ({ name: name!, notYet: isMarked(line) })),
    );
}

/** The lines of a type in the sketch of the schema. */
function typeIn(text: string, type: string): string {
  return new RegExp(`^type ${type} \\{([\\s\\S]*?)^\\}`, 'm').exec(text)![1]!;
}

/** Root fields that the schema has. */
function rootFields(type: string): ReadonlySet<string> {
  const fields = typeIn(textOf('schema/schema.graphql'), type).replace(/"""[\s\S]*?"""/g, '');
  return new Set([...fields.matchAll(/^ {2}(\w+)[(:]/gm)].map(([, name]) => name!));
}

/** What is built and marked all the same, or named without a mark and not built. */
function wrong(told: readonly Named[], built: Iterable<string>): string[] {
  const there = new Set(built);
  expect(told.length).toBeGreaterThan(0);
  return told
    .filter(({ name, notYet }) => there.has(name) === notYet)
    .map(({ name, notYet }) => `${name} is ${notYet ? 'built: take its mark away' : 'not built: mark it'}`);
}

describe('the pages of the design mark what is not built', () => {
  test('among variables', () => {
    const rows = named(api, /(?<=^\|.*)`(TENDRIL_\w+)`(?=[^|]*\|)/g);
    expect(
      wrong(
        rows,
        VARIABLES.map(({ variable }) => variable),
      ),
    ).toEqual([]);
  });

  test('among queries and mutations', () => {
    expect(wrong(named(typeIn(api, 'Query'), /^ {2}(\w+)[(:]/g), rootFields('Query'))).toEqual([]);
    expect(wrong(named(typeIn(api, 'Mutation'), /\b(\w+)\(input/g), rootFields('Mutation'))).toEqual([]);
  });

  test('among kinds and types of relationships', () => {
    const [entities, relationships] = semantics.split(/^## [23]\. .*$/m) as [string, string];
    const kinds = named(entities, /^\| `(\w+)` \|/g);
    expect(
      wrong(
        kinds.map(({ name }) => ({ name, notYet: false })),
        KINDS,
      ),
    ).toEqual([]);
    const rows = relationships.split('\n').filter((line) => line.startsWith('| `'));
    const types = rows.flatMap((row) => {
      const first = row.split('|')[1]!;
      return [...first.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => ({
        name: name!,
        notYet: isMarked(first),
      }));
    });
    expect(wrong(types, RELATIONSHIP_TYPES)).toEqual([]);
    expect(types.filter(({ notYet }) => !notYet)).toHaveLength(RELATIONSHIP_TYPES.length);
  });

  test('and name all errors and roles', () => {
    const [, errors, roles] = api.split(/^## [45]\. .*$/m) as [string, string, string];
    for (const code of ERROR_CODES) expect(errors).toContain(`\`${code}\``);
    expect(named(roles, /^\| `(\w+)` \|/g).map(({ name }) => name)).toEqual([...ROLES]);
  });
});
