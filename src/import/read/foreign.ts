import { isObject } from '../check/shape.js';

/**
 * What other tools write, recognised by names that only they use, so that a refusal can name the command that turns it
 * into a snapshot. No message repeats anything of the file.
 */

/** A list of records, or one page of it, that is known by its properties. */
const LISTS: readonly {
  readonly names: readonly string[];
  readonly what: string;
  readonly command: string;
}[] = [
  { names: ['login', 'node_id'], what: 'what `gh api` prints', command: 'github FOLDER' },
  { names: ['full_name', 'node_id'], what: 'what `gh api` prints', command: 'github FOLDER' },
  { names: ['profile', 'credentials'], what: 'a list of users of Okta', command: 'okta-users FILE' },
  { names: ['userPrincipalName'], what: 'a list of users of Microsoft Entra', command: 'entra-users FILE' },
];

/** CSV, by its headings. The first that has all of them is meant. */
const TABLES: typeof LISTS = [
  {
    names: ['user', 'arn', 'user_creation_time'],
    what: 'the credential report of AWS',
    command: 'aws-iam DETAILS --credential-report FILE',
  },
  { names: ['primaryemail'], what: 'a list of users of Google Workspace', command: 'gam-users FILE' },
  {
    names: ['user', 'clientid', 'scopes'],
    what: 'a list of tokens of Google Workspace',
    command: 'gam-tokens FILE',
  },
  { names: ['userprincipalname'], what: 'a list of users of Microsoft Entra', command: 'entra-users FILE' },
];

/** What a JSON value is that is no snapshot, and the command for it; null where it is not known. */
export function foreignJson(value: unknown): string | null {
  if (isObject(value) && ('UserDetailList' in value || 'RoleDetailList' in value))
    return hint('what `aws iam get-account-authorization-details` prints', 'aws-iam FILE');
  const list = isObject(value) && Array.isArray(value.value) ? value.value : value;
  const first: unknown = Array.isArray(list) ? list.flat()[0] : undefined;
  if (!isObject(first)) return null;
  const found = LISTS.find(({ names }) => names.every((name) => name in first));
  return found === undefined ? null : hint(found.what, found.command);
}

/** What a text is that is no JSON, by its first line; null where it is no table. */
export function foreignText(text: string): string | null {
  const [line = ''] = text.split(/\r?\n/, 1);
  const headings = line.split(/[,;\t]/).map((heading) =>
    heading
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .toLowerCase(),
  );
  if (headings.length < 2 || /^\s*[[{]/.test(line)) return null;
  const found = TABLES.find(({ names }) => names.every((name) => headings.includes(name)));
  if (found !== undefined) return hint(found.what, found.command);
  return (
    'This looks like a table (CSV), and no snapshot. Of people, `tendril convert hr-csv FILE --out people.ndjson` makes ' +
    'one; `tendril convert --help` lists what else can be converted.'
  );
}

const hint = (what: string, command: string): string =>
  `This is ${what}, and no snapshot. Turn it into one first: \`tendril convert ${command} --out snapshot.ndjson\`, and import that.`;
