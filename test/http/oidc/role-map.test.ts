import { describe, expect, test } from '@jest/globals';
import { readRoleMap, rolesOf } from '../../../src/http/oidc/role-map.js';

const map = (value: object) => readRoleMap(JSON.stringify(value), 'roles.json');

describe('a file of roles', () => {
  const ROLES = {
    admins: ['ADMIN'],
    readers: ['VIEWER', 'AUDITOR'],
    'read write': ['IMPORTER'],
    1234: ['PLANNER'],
  };

  test.each([
    ['a list', 'groups', { groups: ['readers', 'admins', 'readers'] }, ['VIEWER', 'AUDITOR', 'ADMIN']],
    ['one text', 'groups', { groups: 'read write' }, ['IMPORTER']],
    ['scopes', 'scope', { scope: 'openid readers' }, ['VIEWER', 'AUDITOR']],
    ['a name with dots', 'https://a.example/roles', { 'https://a.example/roles': ['admins'] }, ['ADMIN']],
    ['a way through objects', ['realm', 'roles'], { realm: { roles: ['admins'] } }, ['ADMIN']],
    ['a number as text', 'groups', { groups: ['1234'] }, ['PLANNER']],
  ])('gives the roles of %s', (_name, claim, claims, roles) => {
    expect(rolesOf(claims, map({ claim, roles: ROLES }))).toEqual(roles);
  });

  test.each([
    ['no such claim', {}],
    ['values that nobody named', { groups: ['constructor', '__proto__', 'Admins'] }],
    ['what is no text', { groups: [1234, { admins: true }, null, ['admins']] }],
    ['an object', { groups: { admins: true } }],
  ])('gives none for %s', (_name, claims) => {
    expect(rolesOf(claims, map({ claim: 'groups', roles: ROLES }))).toEqual([]);
  });

  const problem = (text: string): string => {
    try {
      readRoleMap(text, 'roles.json');
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error('Nothing is wrong with it.');
  };

  test.each([
    ['no JSON', '{\n  "claim": "groups",\n', /roles\.json:\d: this is not JSON/],
    [
      'no claim',
      '{\n  "roles": { "a": ["VIEWER"] }\n}',
      /roles\.json:1: must have required property 'claim'/,
    ],
    [
      'an unknown role',
      '{\n  "claim": "groups",\n  "roles": {\n    "a": ["VIEWER"],\n    "b": ["KING"]\n  }\n}',
      /roles\.json:5 roles\.b\.0: must be equal to one of the allowed values: VIEWER, /,
    ],
    [
      'an unknown property',
      '{\n  "claim": "groups",\n  "rolls": {},\n  "roles": { "a": ["VIEWER"] }\n}',
      /roles\.json:1: must NOT have additional properties: rolls/,
    ],
    [
      'the same value twice',
      '{ "claim": "g",\n "roles": { "a": ["VIEWER"],\n "a": ["ADMIN"] } }',
      /not JSON/,
    ],
    ['nothing in it', '{ "claim": "g",\n "roles": {} }', /roles\.json:2 roles: must NOT have fewer than 1/],
  ])('that has %s is refused with the line', (_name, text, told) => {
    expect(problem(text)).toMatch(told);
  });
});
