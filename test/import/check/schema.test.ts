import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { snapshotSchema } from '../../../src/import/check/schema.js';
import { entityFlaws, relationshipFlaws } from '../../../src/import/check/shape.js';
import { KINDS, statusesOf } from '../../../src/model/kinds.js';
import { COMMON_PROPERTIES, PROPERTIES, type PropertyRule } from '../../../src/model/properties.js';
import { isAllowedPair, RELATIONSHIP_TYPES, ruleOf } from '../../../src/model/relationships.js';
import { parseTime } from '../../../src/model/time.js';

const published = JSON.parse(readFileSync('schema/snapshot.schema.json', 'utf8')) as Record<string, never>;

/** A value that a property may have. */
function sampleOf({ type }: PropertyRule): unknown {
  if (typeof type !== 'string') return type[0];
  return {
    string: 'text',
    boolean: true,
    time: '2026-05-01T00:00:00.000Z',
    day: '2026-05-01',
    strings: ['one'],
  }[type as 'string'];
}

describe('the published format', () => {
  test('is what the model says', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(snapshotSchema())));
  });

  test('says of every kind, type and property what it is, and which kinds a relationship joins', () => {
    const defs = snapshotSchema().$defs as Record<
      string,
      { description?: string; properties: Record<string, { description?: string; $ref?: string }> }
    >;
    for (const name of [...KINDS, ...RELATIONSHIP_TYPES]) {
      const { description, properties } = defs[name]!;
      expect([name, description]).toEqual([name, expect.stringMatching(/\.$/)]);
      // What is a word of its own, or is described where it is defined, needs no sentence here.
      const described = ['kind', 'type', 'from', 'to', 'ended'];
      for (const [property, said] of Object.entries(properties)) {
        if (!described.includes(property)) {
          expect([name, property, said.description]).toEqual([name, property, expect.stringMatching(/\.$/)]);
        }
      }
    }
    for (const type of RELATIONSHIP_TYPES) {
      const [pairs] = defs[type]!.description!.split('. ');
      const [from, to] = pairs!.split(' → ').map((kinds) => (kinds === 'any' ? KINDS : kinds.split(', ')));
      const allowed = KINDS.flatMap((a) =>
        KINDS.filter((b) => isAllowedPair(type, a, b)).map((b) => `${a} ${b}`),
      );
      const told = from!.flatMap((a) => to!.map((b) => `${a} ${b}`));
      expect([type, told.sort()]).toEqual([type, allowed.sort()]);
    }
  });

  test('takes every property and status of every kind, and no other', () => {
    for (const kind of KINDS) {
      const own = Object.entries({ ...COMMON_PROPERTIES, ...PROPERTIES[kind] });
      const all = Object.fromEntries(own.map(([name, rule]) => [name, sampleOf(rule)]));
      for (const status of statusesOf(kind)) {
        expect(entityFlaws({ kind, id: 'x', status, ...all }, true)).toEqual([]);
      }
      expect(entityFlaws({ kind, id: 'x', other: 1 }, true)).toMatchObject([{ field: 'other' }]);
      expect(entityFlaws({ kind, id: 'x', status: 'EXPIRED' }, true)).toMatchObject([{ rule: 'BAD_STATUS' }]);
    }
  });

  test('takes the properties of every relationship type, and no other', () => {
    const values = { access: false, how: 'READ', lastReadAt: '2026-05-01', needs: 'ADMIN', required: false };
    const all: Record<string, unknown> = { ...values, permission: 'READ', scopes: [] };
    for (const type of RELATIONSHIP_TYPES) {
      const ends = { type, from: 'a', to: { humanEmail: 'a@b.example' } };
      for (const [name, value] of Object.entries(all)) {
        const known = (ruleOf(type).properties as readonly string[]).includes(name);
        expect(relationshipFlaws({ ...ends, [name]: value }, true)).toHaveLength(known ? 0 : 1);
      }
    }
  });

  test('is JSON Schema that takes the example of the documentation, and not one with an end in full', () => {
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(published);
    const example = {
      source: { id: 'github:acme', syncedAt: '2026-11-01T00:00:00.000Z', reports: ['Account', 'CAN_ACCESS'] },
      mode: 'full',
      entities: [{ kind: 'Account', id: 'github:acme/user/ada', login: 'ada', attributes: {} }],
      relationships: [
        { type: 'HAS_ACCOUNT', from: { humanEmail: 'ada@acme.example' }, to: 'github:acme/user/ada' },
      ],
    };
    expect(validate(example)).toBe(true);
    const ended = [{ kind: 'Account', id: 'x', ended: true }];
    expect(validate({ ...example, entities: ended })).toBe(false);
    expect(validate({ ...example, mode: 'delta', entities: ended })).toBe(true);
  });

  test.each([
    '2026-05-01',
    '2026-05-01T10:00Z',
    '2026-05-01T10:00:00.123456+02:00',
    '2026-05-01 10:00:00Z',
    '2026-05-01T10:00:00',
    '26-05-01',
    '2026-05-01T10:00:00.Z',
  ])('takes %s as a time just where the model reads one', (time) => {
    const taken = entityFlaws({ kind: 'Account', id: 'x', createdAt: time }, true).length === 0;
    expect(taken).toBe(parseTime(time) !== undefined);
  });

  test('counts the length of an id in characters', () => {
    expect(entityFlaws({ kind: 'App', id: '😀'.repeat(512) }, true)).toEqual([]);
    expect(entityFlaws({ kind: 'App', id: '😀'.repeat(513) }, true)).toMatchObject([{ rule: 'BAD_ID' }]);
  });
});
