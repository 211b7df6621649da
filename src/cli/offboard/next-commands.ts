import { shellWord } from '../../model/shell-word.js';
import type { ShownCase } from './case-view.js';
import { shortId } from './find-case.js';

type Step = ShownCase['next'][number];

/** How each step is typed, below `offboard`. */
const COMMANDS: Readonly<
  Record<Step['kind'], (id: string, step: Step, offboarding: ShownCase) => readonly string[]>
> = {
  DECIDE: (id, { entities, choices }) =>
    entities.map((entity) => `decide ${id} ${entity.id} ${choices.join('|')} --reason "…"`),
  REPLAN: (id) => [`replan ${id} --successor HUMAN --reason "…"`],
  APPROVE: (id) => [`approve ${id} --reason "…"    (by somebody who neither planned nor decided)`],
  EXECUTE: (id, _, { planHash }) => [`execute ${id} --plan-hash ${planHash}`],
  ATTEST: (id, { actions }) => [
    `attest ${id} ${actions.map(shellWord).join(' ')} --statement "…" --evidence "…"`,
  ],
  WAIVE: (id, { actions }) =>
    actions
      .slice(0, 1)
      .map((action) => `waive ${id} ${shellWord(action)} --owner HUMAN --until TIME --reason "…"`),
  RESUME: (id) => [`resume ${id}`],
};

/** Steps that are told where somebody looks at what waits for a person, and not with the plan. */
const FOR_PERSONS: readonly Step['kind'][] = ['ATTEST', 'WAIVE'];

/**
 * What somebody does next with a case, as commands.
 *
 * @param forPersons whether to say as well how a person attests or waives what waits for them
 */
export function nextCommands(offboarding: ShownCase, forPersons = false): string[] {
  const id = shortId(offboarding.id);
  const told = offboarding.next.flatMap((step) =>
    FOR_PERSONS.includes(step.kind) && !forPersons
      ? []
      : [{ step, lines: COMMANDS[step.kind](id, step, offboarding) }],
  );
  const commands = (wanted: boolean) =>
    told
      .filter(({ step }) => FOR_PERSONS.includes(step.kind) === wanted)
      .flatMap(({ lines }) => lines.map((line) => `tendril offboard ${line}`));
  return [...commands(true), ...lookingBack(offboarding, id), ...commands(false)];
}

/** What is over can be looked at, and shown to others. */
function lookingBack({ state }: ShownCase, id: string): string[] {
  if (state === 'INCOMPLETE') return [`tendril offboard verify ${id}`];
  if (state !== 'VERIFIED') return [];
  return [`tendril offboard verify ${id}`, `tendril audit export --case ${id} --out DIR`];
}

/** Commands as the last lines of a report. */
export function nextLines(commands: readonly string[]): string[] {
  return commands.map((command, at) => `${at === 0 ? 'Next: ' : '      '}${command}`);
}
