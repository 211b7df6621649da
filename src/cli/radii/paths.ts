import { notFoundAt } from '../../api/errors/not-found-at.js';
import type { Moment } from '../../api/operation/moment.js';
import type { Step } from '../../graph/answers.js';
import { accessPaths } from '../../graph/walk/access-paths.js';
import type { EntityRecord, RelationshipRecord } from '../../model/entity.js';
import { quote } from '../../model/quote.js';
import { humanByEmail } from '../../store/human-by-email.js';
import { type Line, type Piece, renderLine } from '../output.js';
import type { Terminal } from '../terminal.js';
import { recordsOf } from './collect.js';
import { bracketed, kindWords, linkWords, statusWords, weightWords } from './words.js';

/** The ways between two entities, with all that is needed to put them into words. */
export interface FoundPaths {
  readonly moment: Moment;
  readonly from: EntityRecord;
  readonly to: EntityRecord;
  readonly paths: readonly (readonly Step[])[];
  readonly records: ReadonlyMap<number, EntityRecord>;
  readonly relationships: ReadonlyMap<Step, RelationshipRecord>;
}

/** @throws NOT_FOUND */
export async function pathsBetween(
  moment: Moment,
  from: string,
  to: string,
  limit: number,
): Promise<FoundPaths> {
  // One after the other: where neither is known, it is always the first that is named.
  const start = await endRecord(moment, from);
  const end = await endRecord(moment, to);
  const paths = await moment.query((view) => accessPaths(view, start.number, end.number, limit));
  const steps = paths.flat();
  const [records, relationships] = await Promise.all([
    recordsOf(moment, [start.number, ...steps.map((step) => step.to)]),
    Promise.all(steps.map((step) => moment.relationshipOf(step))),
  ]);
  const walked = new Map(steps.map((step, at) => [step, relationships[at] as RelationshipRecord]));
  return { moment, from: start, to: end, paths, records, relationships: walked };
}

async function endRecord(moment: Moment, idOrEmail: string): Promise<EntityRecord> {
  const record = await moment.loaders.entity.load(idOrEmail);
  const found =
    record ??
    (idOrEmail.includes('@')
      ? await humanByEmail(moment.services.store, idOrEmail, moment.revision)
      : undefined);
  if (found !== undefined) return found;
  const sought = quote(idOrEmail);
  throw notFoundAt(moment, {
    present: `No entity has the id, and no human the email, ${sought}`,
    past: `No entity had the id, and no human the email, ${sought}`,
  });
}

/** The ways one after the other, a line for each step. */
export function pathsReport(found: FoundPaths, terminal: Terminal): string[] {
  const { from, to, paths, moment } = found;
  const ends = `from ${from.name} (${from.id}) to ${to.name} (${to.id})`;
  if (paths.length === 0) {
    return [renderLine([{ text: `There is no way ${ends} at revision ${moment.revision}.` }], terminal)];
  }
  const count = paths.length === 1 ? '1 way' : `${paths.length} ways`;
  const head = renderLine([{ text: `${count} ${ends}, the shortest first` }], terminal);
  return [head, ...paths.flatMap((steps, at) => pathLines(found, steps, at, terminal))];
}

function pathLines(found: FoundPaths, steps: readonly Step[], at: number, terminal: Terminal): string[] {
  const title: Line = [
    { text: `${at + 1}. ${steps.length === 1 ? '1 step' : `${steps.length} steps`}`, style: 'strong' },
  ];
  const lines = steps.map((step) => stepLine(found, step));
  return [
    '',
    ...[title, [{ text: '   ' }, ...namePieces(found, found.from)], ...lines].map((line) =>
      renderLine(line, terminal),
    ),
  ];
}

function stepLine(found: FoundPaths, step: Step): Line {
  const record = found.records.get(step.to);
  const evidence = found.relationships.get(step)?.evidence;
  const { to, code, against } = step;
  return [
    { text: `   ${linkWords({ kind: 'step', to, code, against })} `, style: 'faint' },
    ...(record === undefined ? [] : namePieces(found, record)),
    ...(evidence ? [{ text: `  (${evidence})`, style: 'faint' as const, elastic: true }] : []),
  ];
}

function namePieces({ moment }: FoundPaths, record: EntityRecord): Piece[] {
  const facts = [kindWords(record), ...weightWords(record), statusWords(record, moment.now)];
  return [
    { text: record.name, style: 'strong' },
    ...bracketed(facts.filter((fact) => fact !== undefined)),
    { text: `  ${record.id}`, style: 'faint' },
  ];
}
