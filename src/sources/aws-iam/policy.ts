import { asList, asOptionalList, asRecord, asText, asTexts, type JsonRecord, refuse } from './json.js';

/** One statement of a policy as it is written (IAM JSON policy grammar), with a name by which people find it. */
export interface PolicyStatement {
  /** "policy deploy, statement 2" or "policy deploy, statement AllowDeploy". */
  readonly label: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  /** Values by operator and key; undefined where the statement has no condition. */
  readonly condition: JsonRecord | undefined;
  /** Only in trust policies: type ("AWS", "Service", "Federated") to names; `*` is written as AWS `*`. */
  readonly principals: ReadonlyMap<string, readonly string[]>;
  /** Only in trust policies: the statement is about all principals but these. */
  readonly hasNotPrincipal: boolean;
}

/** Reads a policy document: an object, or the URL-encoded text that the interface of AWS itself answers with. */
export function readPolicy(value: unknown, name: string, where: string): PolicyStatement[] {
  const document = asRecord(typeof value === 'string' ? decode(value, where) : value, where);
  return readStatements(document.Statement, name, `${where}.Statement`);
}

/** Reads the statements of a policy document: a list, or one alone. */
export function readStatements(value: unknown, name: string, where: string): PolicyStatement[] {
  const statements = Array.isArray(value) ? asList(value, where) : [value];
  return statements.map((item, at) => readStatement(item, name, at, `${where}[${at}]`));
}

function decode(text: string, where: string): unknown {
  try {
    return JSON.parse(text.startsWith('{') ? text : decodeURIComponent(text));
  } catch {
    throw refuse(where, 'is not a policy document in JSON');
  }
}

function readStatement(value: unknown, name: string, at: number, where: string): PolicyStatement {
  const item = asRecord(value, where);
  const effect = asText(item.Effect, `${where}.Effect`);
  if (effect !== 'Allow' && effect !== 'Deny') throw refuse(`${where}.Effect`, 'is neither Allow nor Deny');
  const sid = typeof item.Sid === 'string' && item.Sid !== '' ? item.Sid : String(at + 1);
  const condition = item.Condition === undefined ? undefined : readCondition(item.Condition, where);
  return {
    label: `${name}, statement ${sid}`,
    effect,
    actions: asTexts(item.Action, `${where}.Action`),
    notActions: asTexts(item.NotAction, `${where}.NotAction`),
    resources: asTexts(item.Resource, `${where}.Resource`),
    notResources: asTexts(item.NotResource, `${where}.NotResource`),
    condition,
    principals: readPrincipals(item.Principal, `${where}.Principal`),
    hasNotPrincipal: item.NotPrincipal !== undefined,
  };
}

/** The condition of a statement; undefined where it is empty. */
function readCondition(value: unknown, where: string): JsonRecord | undefined {
  const condition = asRecord(value, `${where}.Condition`);
  return Object.keys(condition).length === 0 ? undefined : condition;
}

function readPrincipals(value: unknown, where: string): Map<string, readonly string[]> {
  if (value === undefined) return new Map();
  if (value === '*') return new Map([['AWS', ['*']]]);
  return new Map(
    Object.entries(asRecord(value, where)).map(([type, names]) => [type, asTexts(names, where)]),
  );
}

/** An inline policy list (`UserPolicyList` and its like) as statements. */
export function readInlinePolicies(value: unknown, where: string): PolicyStatement[] {
  return asOptionalList(value, where).flatMap((item, at) => {
    const policy = asRecord(item, `${where}[${at}]`);
    const name = asText(policy.PolicyName, `${where}[${at}].PolicyName`);
    return readPolicy(policy.PolicyDocument, `inline policy ${name}`, `${where}[${at}].PolicyDocument`);
  });
}
