import { rules } from '@secretlint/secretlint-rule-preset-recommend';

/** A stretch of a text that is a credential by some rule. The text itself is never part of it. */
export interface Finding {
  readonly start: number;
  readonly end: number;
  /** Name of the rule that says so; says nothing of the value. */
  readonly rule: string;
}

/**
 * Runs the rules of secretlint's recommended preset, a maintained set, on a text.
 *
 * They are run directly and not through secretlint's core, whose profiler keeps a record of every run for as
 * long as the process lives. The preset's rule that honours `secretlint-disable` comments is left out: a
 * source must not be able to talk its way past the check.
 */
export function presetFindings(text: string): Finding[] {
  found = [];
  const source = { ...FILE, content: text } as unknown as Parameters<Handler>[0];
  for (const handle of HANDLERS) {
    if (handle(source) instanceof Promise) throw new Error('A rule of the preset has become asynchronous.');
  }
  return found;
}

type Created = ReturnType<(typeof rules)[number]['create']>;
type Handler = NonNullable<Created['file']>;
type Context = Parameters<(typeof rules)[number]['create']>[0];

/** No name and no extension: rules for certain files do not apply to text out of a snapshot. */
const FILE = { filePath: undefined, ext: '', contentType: 'text' };

const COMMENTS = '@secretlint/secretlint-rule-filter-comments';

let found: Finding[] = [];

const HANDLERS: readonly Handler[] = rules
  .filter(({ meta }) => meta.id !== COMMENTS)
  .flatMap((rule) => {
    const name = rule.meta.id.replace('@secretlint/secretlint-rule-', '');
    const context = {
      sharedOptions: {},
      // Messages of the rules repeat the value they found, so none is ever put together.
      createTranslator: () => () => ({}),
      report: ({ range }: { range: readonly [number, number] }) => {
        found.push({ start: range[0], end: range[1], rule: name });
      },
      ignore: () => {},
    } as unknown as Context;
    const { file } = rule.create(context, {});
    return file === undefined ? [] : [file];
  });
