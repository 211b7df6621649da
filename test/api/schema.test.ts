import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import {
  buildSchema,
  findBreakingChanges,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { buildApiSchema, printApiSchema } from '../../src/api/schema.js';
import { expectGolden } from '../support/golden.js';

/** Run from the top of the repository, as all tests are. */
const COMMITTED = 'schema/schema.graphql';

describe('the schema', () => {
  test('is the one that is committed (npm run schema writes it, and so does npm run golden)', () => {
    expectGolden(COMMITTED, printApiSchema());
  });

  test('breaks nothing that the commit before promised', () => {
    const promised = promisedBefore(printApiSchema());
    if (promised === undefined) {
      process.stderr.write('No commit before has a schema to compare with.\n');
      return;
    }
    const changes = findBreakingChanges(buildSchema(promised), buildSchema(printApiSchema()));
    expect(changes.map((change) => change.description)).toEqual([]);
  });

  test('is compared with another one, so that the comparison can fail', () => {
    const head = schemaAt('HEAD');
    const before = schemaAt('HEAD~1');
    if (head === undefined) return;
    // Where nothing has changed since HEAD, as where a commit is checked out, it is the one before that counts.
    expect(promisedBefore(head)).toBe(before);
    expect(promisedBefore(`${head}\n`)).toBe(head);
  });

  test('describes every type, field, argument and value', () => {
    const types = Object.values(buildApiSchema({ federation: true }).getTypeMap()).filter(
      (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
    );
    expect(types.length).toBeGreaterThan(50);
    expect(types.flatMap(undescribed)).toEqual([]);
  });
});

/** What was promised before `now`: by the last commit where it says something else, by the one before otherwise. */
function promisedBefore(now: string): string | undefined {
  const head = schemaAt('HEAD');
  return head === now ? schemaAt('HEAD~1') : head;
}

/** The schema of a commit; undefined where the commit, or its schema, is not there. */
function schemaAt(commit: string): string | undefined {
  const shown = spawnSync('git', ['show', `${commit}:${COMMITTED}`], { encoding: 'utf8' });
  return shown.status === 0 ? shown.stdout : undefined;
}

function undescribed(type: GraphQLNamedType): string[] {
  const found: string[] = type.description ? [] : [type.name];
  const check = (name: string, described: { description?: string | null | undefined }) => {
    if (!described.description) found.push(`${type.name}.${name}`);
  };
  if (isEnumType(type)) for (const value of type.getValues()) check(value.name, value);
  if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) check(field.name, field);
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) {
      check(field.name, field);
      for (const arg of field.args) check(`${field.name}(${arg.name})`, arg);
    }
  }
  return found;
}
