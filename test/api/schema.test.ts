import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
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

/** Run from the top of the repository, as all tests are. */
const COMMITTED = 'schema/schema.graphql';

describe('the schema', () => {
  test('is the one that is committed (npm run schema writes it)', () => {
    expect(existsSync(COMMITTED) ? readFileSync(COMMITTED, 'utf8') : '').toBe(printApiSchema());
  });

  test('breaks nothing that the last commit promised', () => {
    const last = spawnSync('git', ['show', `HEAD:${COMMITTED}`], { encoding: 'utf8' });
    if (last.status !== 0) {
      process.stderr.write('The last commit has no schema to compare with.\n');
      return;
    }
    const changes = findBreakingChanges(buildSchema(last.stdout), buildSchema(printApiSchema()));
    expect(changes.map((change) => change.description)).toEqual([]);
  });

  test('describes every type, field, argument and value', () => {
    const types = Object.values(buildApiSchema().getTypeMap()).filter(
      (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
    );
    expect(types.length).toBeGreaterThan(50);
    expect(types.flatMap(undescribed)).toEqual([]);
  });
});

const ROOTS = ['Query', 'Mutation'];

function undescribed(type: GraphQLNamedType): string[] {
  const found: string[] = type.description || ROOTS.includes(type.name) ? [] : [type.name];
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
