import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ErrorObject, Options, ValidateFunction } from 'ajv';
import type { ParsedNode } from 'yaml';
import { badInput, type Problem, type TendrilError } from './errors.js';

type Path = readonly (string | number)[];

/** Loads a package on first use: most processes read no file of this kind, and both packages take long to load. */
const load = createRequire(import.meta.url);
const yaml = () => load('yaml') as typeof import('yaml');
const ajv = () => load('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');

/** The value of a JSON file, and the lines of its parts. */
export interface JsonFile {
  readonly value: unknown;
  /** The line, from 1, on which the value at a path begins, or the nearest value around it that exists. */
  lineOf(path: Path): number;
}

/**
 * Parses a JSON file that people write by hand, so that every problem has its line.
 *
 * @param name what messages call the file
 * @param what what the file is, e.g. `policy`
 * @throws BAD_INPUT where it is not JSON, or names a property twice
 */
export function parseJsonFile(text: string, name: string, what: string): JsonFile {
  const { LineCounter, parseDocument } = yaml();
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: 'json', uniqueKeys: true });
  const broken = document.errors[0];
  if (broken !== undefined || !isJson(text)) {
    const line = broken === undefined ? 1 : lines.linePos(broken.pos[0]).line;
    const problem = { row: `${name}:${line}`, field: '', rule: 'BAD_JSON', message: 'this is not JSON' };
    throw refusedFile(name, what, [problem]);
  }
  return {
    value: document.toJS() as unknown,
    lineOf: (path) => lines.linePos(startOf(document.contents, path)).line,
  };
}

/** A published schema of files that people write. It is compiled on first use, since most processes do not need it. */
export class FileSchema<T> {
  private compiled: ValidateFunction<T> | undefined;

  /**
   * @param file the name of the schema below `schema/`
   * @param what what such a file is, e.g. `policy`
   */
  constructor(
    private readonly file: string,
    private readonly what: string,
    private readonly options: Options = {},
  ) {}

  /**
   * Reads a file and checks it against the schema.
   *
   * @param name what messages call the file
   * @throws BAD_INPUT with every problem and its line
   */
  read(text: string, name: string): { readonly value: T; readonly lineOf: JsonFile['lineOf'] } {
    const { value, lineOf } = parseJsonFile(text, name, this.what);
    this.compiled ??= this.compile();
    const fits = this.compiled;
    if (!fits(value)) throw refusedFile(name, this.what, schemaProblems(fits.errors, name, lineOf));
    return { value, lineOf };
  }

  private compile(): ValidateFunction<T> {
    const schema = readFileSync(new URL(`../../../schema/${this.file}`, import.meta.url), 'utf8');
    const { Ajv2020 } = ajv();
    return new Ajv2020({ allErrors: true, ...this.options }).compile<T>(JSON.parse(schema) as object);
  }
}

/** The problems that a JSON Schema found in a file, each with its line. */
function schemaProblems(
  errors: readonly ErrorObject[] | null | undefined,
  name: string,
  lineOf: JsonFile['lineOf'],
): Problem[] {
  return (errors ?? []).map(({ instancePath, message, params }) => {
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
  });
}

/** The error for a file with problems. Its sentence has all of them. */
export function refusedFile(name: string, what: string, problems: readonly Problem[]): TendrilError {
  const list = problems.map(
    ({ row, field, message }) => `${row}${field === '' ? '' : ` ${field}`}: ${message}`,
  );
  const sentence = `The ${what} ${name} cannot be used; mend it and try again. ${list.join('; ')}`;
  return badInput(sentence, { problems });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The offset at which the value at a path begins, or the nearest value around it that exists. */
function startOf(root: ParsedNode | null, path: Path): number {
  let node: unknown = root;
  let start = root?.range[0] ?? 0;
  for (const part of path) {
    const next: unknown = isCollection(node) ? node.get(part, true) : undefined;
    if (!yaml().isNode(next)) break;
    node = next;
    start = next.range?.[0] ?? start;
  }
  return start;
}

function isCollection(node: unknown): node is { get(key: unknown, keep: true): unknown } {
  return typeof node === 'object' && node !== null && 'get' in node;
}
