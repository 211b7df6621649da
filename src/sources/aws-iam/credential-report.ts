import { formatTime, parseTime } from '../../model/time.js';
import { readTable, type TableRow } from '../csv-table.js';
import { RowProblems } from '../row-problems.js';
import { idOf, splitArn } from './arn.js';
import type { GraphDraft } from './graph.js';
import type { Notes } from './notes.js';
import type { Authorisations } from './principals.js';
import type { Resources } from './resources.js';

/** One access key of a user, by its place in the report: the report names no key ids. */
interface Key {
  readonly place: 1 | 2;
  readonly active: boolean;
  readonly rotatedAt: string | undefined;
  readonly usedAt: string | undefined;
  readonly usedService: string | undefined;
}

/** What the credential report says of one user (or of the root user, whose name is `<root_account>`). */
export interface UserCredentials {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: string | undefined;
  readonly password: boolean;
  readonly passwordUsedAt: string | undefined;
  readonly mfa: boolean;
  readonly keys: readonly Key[];
  readonly certificates: number;
}

const REQUIRED = [
  'user',
  'arn',
  'password_enabled',
  'mfa_active',
  'access_key_1_active',
  'access_key_2_active',
];

/** What AWS writes where there is no such time. */
const NONE = new Set(['n/a', 'no_information', 'not_supported', 'none']);

/**
 * Reads the credential report of an account (`aws iam get-credential-report`, decoded): one row for each user.
 *
 * @throws BAD_INPUT with every row that is wrong
 */
export async function readCredentialReport(file: string, text: string): Promise<UserCredentials[]> {
  const problems = new RowProblems();
  const table = await readTable(file, [text], problems);
  const missing = REQUIRED.filter((column) => !table.has(column));
  if (missing.length > 0) {
    problems.add(
      `${file}:1`,
      missing.join(', '),
      'NO_COLUMN',
      `has no column ${missing.join(', ')}; give the credential report as AWS wrote it, decoded from base64.`,
    );
  }
  problems.refuseIfAny();
  const found: UserCredentials[] = [];
  for await (const row of table.rows) found.push(credentialsOf(row, problems));
  problems.refuseIfAny();
  return found;
}

function credentialsOf(row: TableRow, problems: RowProblems): UserCredentials {
  const arn = row.get('arn') ?? '';
  if (!splitArn(arn)) problems.add(row.row, 'arn', 'NOT_AN_ARN', 'has no ARN of a user.');
  const flag = (column: string) => {
    const value = row.get(column)?.toLowerCase();
    if (value !== undefined && !['true', 'false'].includes(value) && !NONE.has(value)) {
      problems.add(row.row, column, 'NOT_A_FLAG', `has ${column} ${value}, which is neither true nor false.`);
    }
    return value === 'true';
  };
  const time = (column: string) => {
    const value = row.get(column);
    if (value === undefined || NONE.has(value.toLowerCase())) return undefined;
    const at = parseTime(value);
    if (at === undefined)
      problems.add(row.row, column, 'NOT_A_TIME', `has ${column} ${value}, which is no time.`);
    return at === undefined ? undefined : formatTime(at);
  };
  const keys = ([1, 2] as const).map((place) => ({
    place,
    active: flag(`access_key_${place}_active`),
    rotatedAt: time(`access_key_${place}_last_rotated`),
    usedAt: time(`access_key_${place}_last_used_date`),
    usedService: row.get(`access_key_${place}_last_used_service`),
  }));
  return {
    arn,
    name: row.get('user') ?? '',
    createdAt: time('user_creation_time'),
    // The report says not_supported of the root user, who always has a password.
    password: flag('password_enabled') || row.get('password_enabled') === 'not_supported',
    passwordUsedAt: time('password_last_used'),
    mfa: flag('mfa_active'),
    // A place that holds no key has neither a state nor a time.
    keys: keys.filter(({ active, rotatedAt }) => active || rotatedAt !== undefined),
    certificates: [1, 2].filter((place) => flag(`cert_${place}_active`)).length,
  };
}

/**
 * Writes the keys of users as Tokens, whether they have a password and MFA, and when they were last used; and the root
 * user, of whom the account details say nothing and who may do everything.
 */
export class CredentialWriter {
  constructor(
    private readonly authorisations: Authorisations,
    private readonly resources: (account: string) => Resources,
    private readonly graph: GraphDraft,
    private readonly notes: Notes,
  ) {}

  write(report: readonly UserCredentials[]): void {
    const known = new Map(this.authorisations.users.map((user) => [user.principal.arn, user.id]));
    const told = new Set(report.map(({ arn }) => arn));
    for (const credentials of report) {
      const arn = splitArn(credentials.arn);
      const isRoot = arn?.resource === 'root';
      const id = isRoot ? this.addRoot(credentials, arn.account) : known.get(credentials.arn);
      if (id === undefined) {
        this.notes.add(
          `User ${credentials.name} is in the credential report and not in the account details: left out.`,
        );
      } else this.describe(id, credentials);
    }
    for (const { id, principal } of this.authorisations.users) {
      if (told.has(principal.arn)) continue;
      const because = `User ${principal.name} is not in the credential report, which may be older: keys and passwords are unknown.`;
      this.notes.missing(['CREDENTIAL_OF', 'ISSUED', 'Token'], because, id);
    }
  }

  private addRoot({ arn, createdAt }: UserCredentials, account: string): string {
    const id = idOf(account, 'root');
    this.graph.addEntity({
      kind: 'Account',
      id,
      name: `root user of AWS account ${account}`,
      login: 'root',
      status: 'ACTIVE',
      externalId: arn,
      ...(createdAt ? { createdAt } : {}),
      attributes: { account },
    });
    const why = 'the root user of the account may do everything in it';
    this.graph.relate('CAN_ACCESS', id, this.resources(account).whole(), [why], { permission: 'ADMIN' });
    return id;
  }

  private describe(id: string, credentials: UserCredentials): void {
    const { keys, password, passwordUsedAt, mfa, certificates } = credentials;
    const used = [passwordUsedAt, ...keys.map(({ usedAt }) => usedAt)].filter((at) => at !== undefined);
    this.graph.amend(id, used.length > 0 ? { lastUsedAt: used.sort().at(-1) } : {}, {
      password,
      mfa,
      ...(passwordUsedAt ? { passwordLastUsedAt: passwordUsedAt } : {}),
      ...(certificates > 0 ? { signingCertificates: certificates } : {}),
    });
    for (const key of keys) this.addKey(id, credentials.name, key);
  }

  private addKey(user: string, name: string, { place, active, rotatedAt, usedAt, usedService }: Key): void {
    const id = `${user}/key-${place}`;
    this.graph.addEntity({
      kind: 'Token',
      id,
      name: `access key ${place} of ${name}`,
      tokenType: 'API_KEY',
      status: active ? 'ACTIVE' : 'REVOKED',
      ...(rotatedAt ? { createdAt: rotatedAt } : {}),
      ...(usedAt ? { lastUsedAt: usedAt } : {}),
      attributes: {
        place,
        ...(usedService && !NONE.has(usedService.toLowerCase()) ? { lastUsedService: usedService } : {}),
      },
    });
    this.graph.relate('ISSUED', user, id);
    this.graph.relate('CREDENTIAL_OF', id, user);
  }
}
