import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { PERMISSIONS } from '../../src/model/levels.js';
import { SENSITIVITIES } from '../../src/model/properties.js';
import { readScope } from '../../src/model/scopes.js';
import { root } from '../house/files.js';

const FOLDER = join(root, 'seed/scopes');
const words = (scope: string, vendor: string | null) => {
  const { known, permission, sensitivity, about } = readScope(scope, vendor);
  return known ? `${permission} ${sensitivity} ${about}` : 'unknown';
};

describe('the tables of scopes', () => {
  test.each(readdirSync(FOLDER))('%s has a permission, a sensitivity and a word for each', (name) => {
    const { scopes } = JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as {
      scopes: Record<string, string[]>;
    };
    const wrong = Object.entries(scopes).filter(
      ([, [permission, sensitivity, about]]) =>
        !(PERMISSIONS as readonly unknown[]).includes(permission) ||
        !(SENSITIVITIES as readonly unknown[]).includes(sensitivity) ||
        !/^[a-z]+$/.test(String(about)),
    );
    expect(wrong).toEqual([]);
    expect(Object.keys(scopes).length).toBeGreaterThan(40);
  });
});

describe('a scope', () => {
  test.each([
    ['https://mail.google.com/', 'google', 'ADMIN HIGH mail'],
    ['https://www.googleapis.com/auth/drive.readonly', 'google', 'READ HIGH files'],
    ['drive', 'Google', 'ADMIN HIGH files'],
    ['Mail.ReadWrite', 'entra', 'WRITE HIGH mail'],
    ['https://graph.microsoft.com/Directory.ReadWrite.All', 'microsoft-graph', 'ADMIN CRITICAL directory'],
    ['admin:org', 'github', 'ADMIN CRITICAL organisation'],
    ['contents:write', 'github', 'WRITE HIGH repositories'],
    ['channels:history', 'slack', 'READ HIGH messages'],
    ['https://board.example/own', 'google', 'unknown'],
    ['toString', 'github', 'unknown'],
  ])('%s of %s is %s', (scope, vendor, wanted) => {
    expect(words(scope, vendor)).toBe(wanted);
  });

  test('that several vendors have is what the vendor of the source means by it', () => {
    // A Slack app that administers, and nothing at all of GitHub.
    expect([words('admin', 'slack'), words('admin', 'github')]).toEqual([
      'ADMIN CRITICAL administration',
      'unknown',
    ]);
    expect([words('user', 'github'), words('user', 'google')]).toEqual(['WRITE LOW profile', 'unknown']);
  });

  test('of a source of another vendor is read only where it is an address', () => {
    expect(words('https://mail.google.com/', 'by hand')).toBe('ADMIN HIGH mail');
    expect(words('admin', 'mattermost')).toBe('unknown');
  });

  test('of a source that names no vendor is known where all who have it mean the same', () => {
    expect(words('email', null)).toBe('READ LOW profile');
    expect(words('repo', null)).toBe('ADMIN HIGH repositories');
    // Microsoft's of the whole directory; no other vendor has the word.
    expect(words('User.Read.All', null)).toBe('READ HIGH directory');
    // Slack and GitHub have different things of this name.
    expect(words('admin', null)).toBe('ADMIN CRITICAL administration');
  });
});
