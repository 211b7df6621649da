import { rules } from '@secretlint/secretlint-rule-preset-recommend';

/** The position of a credential in a text, and the rule that found it. It never has the text itself. */
export interface Finding {
  readonly start: number;
  readonly end: number;
  /** The name of the rule, which says nothing of the value. */
  readonly rule: string;
}

/**
 * Runs the rules of secretlint's recommended preset, which is maintained, on a text.
 *
 * The rules are called directly and not by secretlint's core, whose profiler keeps a record of every run until the
 * process ends. The preset's rule for `secretlint-disable` comments is left out, because a source must not be able to
 * turn the check off.
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

/** Without a name and an extension, so that rules for certain files do not apply. */
const FILE = { filePath: undefined, ext: '', contentType: 'text' };

const COMMENTS = '@secretlint/secretlint-rule-filter-comments';

let found: Finding[] = [];

const HANDLERS: readonly Handler[] = rules
  .filter(({ meta }) => meta.id !== COMMENTS)
  .flatMap((rule) => {
    const name = rule.meta.id.replace('@secretlint/secretlint-rule-', '');
    const context = {
      sharedOptions: {},
      // Messages of the rules repeat the value that was found, so none is made.
      createTranslator: () => () => ({}),
      report: ({ range }: { range: readonly [number, number] }) => {
        found.push({ start: range[0], end: range[1], rule: name });
      },
      ignore: () => {},
    } as unknown as Context;
    const { file } = rule.create(context, {});
    return file === undefined ? [] : [file];
  });
