import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { isNode, LineCounter, type ParsedNode, parseDocument } from 'yaml';
import { badInput, type Problem } from '../../model/errors.js';
import { hashOf } from '../plan/ids.js';
import type { Policy } from './policy.js';

/** A policy that was checked, and what names it. */
export interface CheckedPolicy {
  readonly policy: Policy;
  /** SHA-256, in hex, of its canonical JSON: the same rules, the same hash, however the file is laid out. */
  readonly hash: string;
}

const schemaFile = new URL('../../../../schema/policy.schema.json', import.meta.url);
const isPolicy = new Ajv2020({ allErrors: true }).compile<Policy>(
  JSON.parse(readFileSync(schemaFile, 'utf8')) as object,
);

/**
 * Reads the text of a policy file.
 *
 * @param name what messages call the file
 * @throws BAD_INPUT with every problem and its line
 */
export function readPolicy(text: string, name: string): CheckedPolicy {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: 'json', uniqueKeys: true });
  const broken = document.errors[0];
  if (broken !== undefined || !isJson(text)) {
    const line = broken === undefined ? 1 : lines.linePos(broken.pos[0]).line;
    throw refused(name, [
      { row: `${name}:${line}`, field: '', rule: 'BAD_JSON', message: 'this is not JSON' },
    ]);
  }
  const value: unknown = document.toJS();
  const lineOf = (path: readonly (string | number)[]) => lines.linePos(startOf(document.contents, path)).line;
  if (!isPolicy(value)) {
    throw refused(
      name,
      (isPolicy.errors ?? []).map((error) => problemOf(error, name, lineOf)),
    );
  }
  const problems = ruleProblems(value, name, lineOf);
  if (problems.length > 0) throw refused(name, problems);
  return { policy: value, hash: hashOf(value) };
}

type LineOf = (path: readonly (string | number)[]) => number;

/** What a schema cannot say: something always decides, and only what stands on the leaver is re-homed. */
function ruleProblems({ rules }: Policy, name: string, lineOf: LineOf): Problem[] {
  const problems: Problem[] = [];
  const say = (at: number, field: string, message: string) =>
    problems.push({
      row: `${name}:${lineOf(['rules', at])}`,
      field: `rules[${at}].${field}`,
      rule: 'BAD_RULE',
      message,
    });
  const last = rules.at(-1)!;
  if (Object.keys(last.when).length > 0) {
    say(
      rules.length - 1,
      'when',
      'the last rule has conditions; give it none, so that a rule always decides',
    );
  }
  for (const [at, rule] of rules.slice(0, -1).entries()) {
    if (Object.keys(rule.when).length === 0) {
      say(
        at,
        'when',
        'it matches always, so the rules after it never decide; give it a condition or move it last',
      );
    }
  }
  for (const [at, { when, then, unlessStanding }] of rules.entries()) {
    const alone = unlessStanding ?? then;
    if (when.standsOnLeaver !== true && alone === 'REHOME') {
      say(at, 'unlessStanding', 'REHOME is for what stands on the leaver; say what else becomes of the rest');
    }
    if (when.standsOnLeaver !== false && then === 'TRANSFER') {
      say(at, 'then', 'TRANSFER is for what does not stand on the leaver; add "standsOnLeaver": false');
    }
  }
  return problems;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function problemOf({ instancePath, message, params }: ErrorObject, name: string, lineOf: LineOf): Problem {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const extra = 'additionalProperty' in params ? `: ${String(params.additionalProperty)}` : '';
  const allowed = 'allowedValues' in params ? `: ${(params.allowedValues as string[]).join(', ')}` : '';
  return {
    row: `${name}:${lineOf(path)}`,
    field: path.join('.'),
    rule: 'BAD_RULE',
    message: `${message ?? 'it is not as the schema says'}${extra}${allowed}`,
  };
}

/** Where in the text a value begins; the nearest thing around it that is there. */
function startOf(root: ParsedNode | null, path: readonly (string | number)[]): number {
  let node: unknown = root;
  let start = root?.range[0] ?? 0;
  for (const part of path) {
    const next: unknown = isCollection(node)
      ? node.get(/^\d+$/.test(String(part)) ? Number(part) : part, true)
      : undefined;
    if (!isNode(next)) break;
    node = next;
    start = next.range?.[0] ?? start;
  }
  return start;
}

function isCollection(node: unknown): node is { get(key: unknown, keep: true): unknown } {
  return typeof node === 'object' && node !== null && 'get' in node;
}

function refused(name: string, problems: readonly Problem[]) {
  const list = problems.map(
    ({ row, field, message }) => `${row}${field === '' ? '' : ` ${field}`}: ${message}`,
  );
  return badInput(`The policy ${name} cannot be used; mend it and try again. ${list.join('; ')}`, {
    problems,
  });
}
