import { describe, expect, test } from '@jest/globals';
import type { Flaw, Place } from '../../../src/import/base/problems.js';
import { credentialsIn, exposedIn } from '../../../src/import/credentials/detect.js';
import { ownFindings } from '../../../src/import/credentials/own-rules.js';
import { presetFindings } from '../../../src/import/credentials/preset.js';
import { CredentialScanner } from '../../../src/import/credentials/scanner.js';

// Every value is put together here from parts, so that no text of this file is a credential.
const of = (alphabet: string, length: number) =>
  Array.from({ length }, (_, at) => alphabet[(at * 7 + 3) % alphabet.length]).join('');
const hex = (length: number) => of('0123456789abcdef', length);
const word = (length: number) => of('aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0z', length);
const letters = (length: number) => of('aBdEgHjKmNpQrStUvWxYz', length);
const digits = (length: number) => of('1234567890', length);
const encoded = (text: string) => Buffer.from(text).toString('base64url');
const pem = (kind: string) =>
  [
    '-----BEGIN ',
    kind,
    'PRIVATE KEY-----\n',
    'MIIE',
    word(120),
    '\n-----END ',
    kind,
    'PRIVATE KEY-----',
  ].join('');

/** A form of credential, and who has to find it: `P` the preset, `O` our own rules. */
const FORMS: readonly (readonly [name: string, who: string, value: string])[] = [
  ['JSON web token', 'O', ['eyJ', word(20), '.eyJ', word(30), '.', word(43)].join('')],
  ['Vault service token', 'O', ['hvs', word(95)].join('.')],
  ['Vault batch token', 'O', ['hvb', word(120)].join('.')],
  ['Vault token before 1.10', 'O', ['s', word(24)].join('.')],
  ['Terraform Cloud token', 'O', [word(14), 'atlasv1', word(67)].join('.')],
  ['RSA key', 'PO', pem('RSA ')],
  ['PKCS #8 key', 'PO', pem('')],
  ['OpenSSH key', 'O', pem('OPENSSH ').slice(0, 90)],
  ['key with escaped line ends', 'PO', pem('EC ').replaceAll('\n', '\\n')],
  ['PuTTY key', 'O', ['PuTTY-User-Key', 'File-3: ssh-ed25519'].join('-')],
  ['Google API key', 'O', ['AI', 'za', word(35)].join('')],
  ['Google OAuth token', 'O', ['ya29', word(60)].join('.')],
  ['Google client secret', 'O', ['GOC', 'SPX-', word(28)].join('')],
  ['Google refresh token', 'O', ['1/', '/0', word(60)].join('')],
  ['Azure storage key', 'O', ['AccountKey', `${word(86)}==`].join('=')],
  [
    'Azure shared access signature',
    'O',
    ['https://x.blob.example/c?sv=1&', 'sig=', word(44), '%3D'].join(''),
  ],
  ['Entra client secret', 'O', ['abc8', 'Q~', word(34)].join('')],
  ['GitLab token', 'O', ['glpat', word(20)].join('-')],
  ['GitHub token', 'PO', ['ghp', word(36)].join('_')],
  ['GitHub fine-grained token', 'PO', ['github', 'pat', word(82)].join('_')],
  ['GitHub installation token', 'PO', ['ghs', word(36)].join('_')],
  ['Slack bot token', 'PO', ['xoxb', digits(11), digits(12), word(24)].join('-')],
  ['Slack browser token', 'O', ['xoxc', digits(11), digits(12), hex(64)].join('-')],
  [
    'Slack webhook',
    'P',
    ['https://hooks.slack.com/services', `T${word(8)}`, `B${word(8)}`, word(24)].join('/'),
  ],
  ['npm token', 'PO', ['npm', word(36)].join('_')],
  ['npmrc line', 'O', ['//registry.example/:_auth', `Token=${hex(36)}`].join('')],
  ['PyPI token', 'O', ['pypi', `AgE${word(120)}`].join('-')],
  ['Docker Hub token', 'O', ['dckr', 'pat', word(27)].join('_')],
  ['DigitalOcean token', 'O', ['dop', 'v1', hex(64)].join('_')],
  ['Atlassian token', 'O', ['ATA', 'TT3', word(180)].join('')],
  ['Hugging Face token', 'O', ['hf', letters(34)].join('_')],
  ['Databricks token', 'O', ['da', 'pi', hex(32)].join('')],
  ['Stripe key', 'O', ['sk', 'live', word(24)].join('_')],
  ['SendGrid key', 'P', ['SG', word(22), word(43)].join('.')],
  ['Shopify token', 'PO', ['shpat', hex(32)].join('_')],
  ['OpenAI key', 'O', ['sk', 'proj', word(120)].join('-')],
  ['Anthropic key', 'PO', ['sk', 'ant', 'api03', `${word(93)}AA`].join('-')],
  ['Linear key', 'PO', ['lin', 'api', word(40)].join('_')],
  ['Grafana token', 'O', ['glsa', word(32), hex(8)].join('_')],
  ['New Relic key', 'O', ['NRAK', word(27).toUpperCase()].join('-')],
  ['Telegram bot token', 'O', [digits(10), `AA${word(33)}`].join(':')],
  ['Authorization header', 'O', ['Authorization: Bearer', word(40)].join(' ')],
  ['AWS secret key with its name', 'PO', ['aws_secret_access', `key=${word(40)}`].join('_')],
  ['encrypted RSA key', 'O', pem('RSA ').replace('\nMIIE', '\nProc-Type: 4,ENCRYPTED\nDEK-Info: x\n\n')],
  [
    'PGP key with a header',
    'O',
    ['-----BEGIN PGP ', 'PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\n\n'].join(''),
  ],
  ['first line of a key', 'O', ['-----BEGIN RSA ', 'PRIVATE KEY-----'].join('')],
  ['JSON web token with a space', 'O', [encoded('{ "alg":"none"}'), encoded('{ "a":1}'), word(43)].join('.')],
  ['encrypted web token', 'O', [encoded('{"alg":"dir"}'), '', word(16), word(40), word(22)].join('.')],
  ['AWS session token', 'O', ['IQoJb3Jp', 'Z2lu', word(300)].join('')],
  ['AWS key with its id', 'O', [`AK${'IA'}${word(16).toUpperCase()}`, word(40)].join(',')],
  ['Azure storage key by itself', 'O', `${word(86)}==`],
  ['Okta token', 'O', ['SSWS', `00${word(40)}`].join(' ')],
  ['Sentry token', 'O', ['sntryu', hex(64)].join('_')],
  ['Notion token', 'O', ['ntn', word(46)].join('_')],
  ['older Notion token', 'O', ['secret', word(43)].join('_')],
  ['Postman key', 'O', ['PM', `AK-${hex(24)}-${hex(34)}`].join('')],
  ['CircleCI token', 'O', ['CCI', `PAT_${word(22)}_${hex(40)}`].join('')],
  ['Discord token', 'O', [encoded('1234567890123456789'), word(6), word(38)].join('.')],
  ['Basic authorization', 'O', ['Basic', encoded('ada:lovelace')].join(' ')],
  ['password in a URL', 'PO', ['https://deploy', `${word(12)}@git.acme.example/x`].join(':')],
  ['password in a URL of another scheme', 'O', ['amqp://queue', `${word(12)}@mq.acme.example`].join(':')],
  ['password of a database', 'PO', ['postgres://app', `${word(12)}@db.acme.example/x`].join(':')],
];

describe('a credential', () => {
  test.each(FORMS)('%s is found (by %s)', (_name, who, value) => {
    expect(`${presetFindings(value).length > 0 ? 'P' : ''}${ownFindings(value).length > 0 ? 'O' : ''}`).toBe(
      who,
    );
    // Only the first line of a key is one by itself and not in a sentence.
    if (!value.endsWith('KEY-----') || value.length > 40) {
      expect(credentialsIn(`see ${value} here`)).not.toEqual([]);
    }
  });

  test('that is a list of lines is found by its first', () => {
    const lines = pem('RSA ').split('\n');
    expect(exposedIn({ attributes: { lines } })).toMatchObject([{ path: 'attributes.lines[0]' }]);
  });

  test('is found under a name that says it is the value', () => {
    for (const name of ['password', 'client_secret', 'secretKey', 'db_password', 'access_token']) {
      expect(exposedIn({ attributes: { [name]: word(16) } })).toMatchObject([{ path: `attributes.${name}` }]);
    }
    expect(exposedIn({ attributes: { secret_access_key: word(40) } })).toHaveLength(1);
    for (const name of ['PASSWORD', 'DB_PASSWORD', 'apiKey', 'api_key', 'X-API-KEY', 'secret', 'TOKEN']) {
      expect([name, exposedIn({ attributes: { [name]: word(20) } }).length]).toEqual([name, 1]);
    }
    expect(exposedIn({ attributes: { password: 'Winter2026!' } })).toHaveLength(1);
  });

  test('is found in spite of a comment that would switch the preset off', () => {
    expect(presetFindings(`secretlint-disable\n${FORMS[18]?.[2]}`)).not.toEqual([]);
  });

  test('as a key is not repeated in the path', () => {
    const key = ['glpat', word(20)].join('-');
    const exposed = exposedIn({ attributes: { [key]: { inner: key } } });
    expect(exposed).toMatchObject([{ path: 'attributes' }]);
  });
});

describe('what only names a credential, or is none', () => {
  test.each([
    ['AWS access key id', ['AK', 'IA', word(16).toUpperCase()].join('')],
    ['UUID', '6f1c1c1e-5c0a-4f5e-9a3e-0d6f6b7c8d9e'],
    ['SHA-256', hex(64)],
    ['SHA-1', hex(40)],
    ['SSH fingerprint', `SHA256:${word(43)}`],
    ['ARN', 'arn:aws:iam::123456789012:role/service-role/deploy-production-2026'],
    ['OAuth client id', '123456789012-abcdefghijklmnopqrstuvwxyz012345.apps.googleusercontent.com'],
    ['URL', 'https://github.com/acme/web/blob/main/src/index.ts?plain=1#L10-L20'],
    ['URL with a port', 'https://vault.acme.example:8200/v1/secret/data/ci'],
    ['URL with an address in it', 'https://acme.example/u/ada@acme.example'],
    ['host list', 'mongodb://db1.acme.example,db2.acme.example/app'],
    ['placeholder', ['postgres://app', '{DB_PASSWORD}@db.acme.example/x'].join(':$')],
    ['masked', ['https://deploy', '****@git.acme.example'].join(':')],
    ['GitHub id', 'github:acme/user/ada'],
    ['Vault path', 'secret/data/ci/deploy.key'],
    ['key id', 'projects/acme/serviceAccounts/ci@acme.iam.gserviceaccount.com/keys/0a1b2c3d4e5f'],
    ['X.509 certificate', '-----BEGIN CERTIFICATE-----\nMIID'],
    ['public key', `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${word(43)}`],
    ['sentence about Basic', 'Basic authentication-with-2factors-required'],
    ['sentence about Bearer', 'Bearer tokens-of-2factors-are-not-accepted-here'],
    ['sentence about a key', 'A file that begins with -----BEGIN PRIVATE KEY----- stays here'],
    ['version of a secret', 'projects/p1/secrets/s/versions/3'],
    ['id of a token', 'github:acme/token/ada-laptop1'],
    ['MD5', hex(32)],
    ['image', `sha256:${hex(64)}`],
    ['integrity', `sha512-${word(86)}==`],
    ['three words with points', 'eyJury.eyJournal.something'],
    ['sentence', 'Basic authentication is off since the tokens were rotated in 2026'],
  ])('%s is accepted', (_name, value) => {
    expect(credentialsIn(value)).toEqual([]);
    expect(exposedIn({ kind: 'Token', id: value, attributes: { note: value, [value]: true } })).toEqual([]);
  });

  test.each([
    'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-Ab3xY9',
    `sha256:${hex(64)}`,
    hex(32),
    hex(40),
    hex(64),
    '6f1c1c1e-5c0a-4f5e-9a3e-0d6f6b7c8d9e',
    'projects/p1/secrets/s/versions/3',
    'github:acme/token/ada-laptop1',
    'words-of-a-name-2026',
  ])('%s is accepted under any key', (value) => {
    for (const key of ['password', 'secret', 'TOKEN', 'apiKey', 'client_secret', 'secret_access_key', 'id']) {
      expect([key, exposedIn({ attributes: { [key]: value } })]).toEqual([key, []]);
    }
  });

  test('a keyed digest of 64 bytes is accepted as a fingerprint', () => {
    expect(exposedIn({ fingerprint: `${word(86)}==` })).toEqual([]);
    expect(exposedIn({ attributes: { note: `${word(86)}==` } })).toHaveLength(1);
  });

  test('a field about a password is accepted', () => {
    const attributes = {
      password_last_used: '2026-05-01T00:00:00Z',
      passwordEnabled: true,
      password: '********',
    };
    expect(exposedIn({ attributes: { ...attributes, clientSecret: 'vault://ci/app1' } })).toEqual([]);
  });
});

describe('many items at once', () => {
  const at = (row: number): Place => ({ input: 0, row, label: () => `${row}` });

  function scan(items: readonly unknown[], raw: boolean): [number, Flaw][] {
    const found: [number, Flaw][] = [];
    const scanner = new CredentialScanner((place, flaw) => found.push([place.row, flaw]));
    for (const [row, item] of items.entries()) scanner.push(at(row), item, raw ? JSON.stringify(item) : null);
    scanner.flush();
    return found;
  }

  test.each([true, false])('each is found where it is, and nothing else (as JSON: %s)', (raw) => {
    const items = Array.from({ length: 7000 }, (_, row) => ({
      id: `item/${row}`,
      name: `name ${row}`,
      note: '',
    }));
    const planted = new Map(FORMS.map(([, , value], form) => [form * 97, value]));
    for (const [row, value] of planted) (items[row] as { note: string }).note = value;
    const found = scan(items, raw);
    expect(found.map(([row]) => row)).toEqual([...planted.keys()]);
    for (const [row, flaw] of found) {
      expect(flaw).toMatchObject({ field: 'note', rule: 'CREDENTIAL_VALUE' });
      expect(flaw.message).not.toContain(planted.get(row));
    }
  });

  test('two that only together look like one are none', () => {
    const halves = [{ a: 'mongodb://db1.acme.example' }, { b: 'ada:lovelace@acme.example' }];
    expect([...scan(halves, true), ...scan(halves, false)]).toEqual([]);
    expect(scan([{ a: 'mongodb://db1', b: 'x:lovelace@acme' }], true)).toEqual([]);
  });

  test('texts that come again are looked at again only where they were not clean', () => {
    const rows: number[] = [];
    const scanner = new CredentialScanner((place) => rows.push(place.row));
    for (const [row, evidence] of [
      'role:maintain',
      FORMS[0]?.[2] ?? '',
      'role:maintain',
      FORMS[0]?.[2] ?? '',
    ].entries()) {
      scanner.pushRepeated(at(row), { evidence }, [evidence]);
      scanner.flush();
    }
    expect(rows).toEqual([1, 3]);
  });
});
