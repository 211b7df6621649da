import { parseTime } from '../../model/time.js';
import type { Conversion } from '../conversion.js';
import { readTable, type TableRow } from '../csv-table.js';
import { RowProblems } from '../row-problems.js';
import { SnapshotDraft } from '../snapshot-draft.js';
import { type Columns, columnsOf, type Field } from './columns.js';
import { type DateOrder, endOf, isTimeZone, readDay } from './dates.js';

/** How an export of an HR system is read. */
export interface HrOptions {
  readonly source: string;
  /** ISO 8601. */
  readonly syncedAt: string;
  /** Headings by field, where they are not found by themselves. */
  readonly columns: ReadonlyMap<string, string>;
  /** IANA name: where nobody's own is given. */
  readonly timeZone: string | undefined;
  readonly dateOrder: DateOrder;
}

/** One person as the file has them. */
interface Person {
  readonly row: string;
  readonly id: string;
  readonly employeeId: string | undefined;
  readonly email: string | undefined;
  readonly name: string;
  readonly status: Status;
  readonly lastWorkingDay: string | undefined;
  readonly timeZone: string | undefined;
  readonly managerId: string | undefined;
  readonly managerEmail: string | undefined;
  readonly attributes: Readonly<Record<string, string | undefined>>;
}

type Status = 'ACTIVE' | 'LEAVING' | 'LEFT';

/** What HR systems say of somebody who is there, and who is gone. */
const HERE = new Set([
  'active',
  'employed',
  'current',
  'true',
  'yes',
  '1',
  'a',
  'on leave',
  'leave',
  'paid leave',
  'unpaid leave',
  'parental leave',
  'onboarding',
  'probation',
  'hired',
]);
const GOING = new Set(['leaving', 'notice', 'on notice', 'notice period', 'offboarding', 'resigned']);
const GONE = new Set([
  'left',
  'terminated',
  'inactive',
  'former',
  'ended',
  'false',
  'no',
  '0',
  't',
  'i',
  'retired',
  'deceased',
  'dismissed',
]);

/**
 * Turns an export of an HR system into a full snapshot: Humans, and whom they report to. Ids are `<source>/person/<employee
 * id>`, or the address where there is no employee id, so that a later export, and a connector, report the same.
 *
 * A bare last working day stays as it is, with the time zone in which it ends. Without a column for the status, somebody
 * whose last working day is over has LEFT, and somebody whose day is still to come is LEAVING.
 *
 * @throws BAD_INPUT with every row that is wrong
 */
export async function convertHrCsv(
  file: string,
  pieces: AsyncIterable<string> | Iterable<string>,
  options: HrOptions,
): Promise<Conversion> {
  const problems = new RowProblems();
  const table = await readTable(file, pieces, problems);
  const columns = columnsOf(file, table, options.columns, problems);
  problems.refuseIfAny();
  const people: Person[] = [];
  for await (const row of table.rows) people.push(personOf(row, columns, options, problems));
  checkAll(people, problems);
  const draft = new SnapshotDraft();
  for (const person of people) addPerson(person, draft);
  const isManaged = columns.has('managerId') || columns.has('managerEmail');
  if (isManaged) relateManagers(people, draft, problems);
  problems.refuseIfAny();
  say(columns, options, draft);
  return draft.finish({
    id: options.source,
    vendor: 'hr',
    name: `People of ${options.source}`,
    syncedAt: options.syncedAt,
    reports: isManaged ? ['Human', 'REPORTS_TO'] : ['Human'],
  });
}

function personOf(row: TableRow, columns: Columns, options: HrOptions, problems: RowProblems): Person {
  const get = (field: Field) => {
    const heading = columns.get(field);
    return heading === undefined ? undefined : row.get(heading);
  };
  const wrong = (field: Field, rule: string, message: string) =>
    problems.add(row.row, columns.get(field) ?? field, rule, message);
  const employeeId = get('employeeId');
  const email = get('email');
  if (email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(email)) {
    wrong('email', 'NOT_AN_ADDRESS', `has the address ${email}, which is none.`);
  }
  if (!employeeId && !email) wrong('email', 'NO_ID', 'has neither an employee id nor an address.');
  const name = get('name') ?? [get('firstName'), get('lastName')].filter(Boolean).join(' ');
  if (name === '') wrong('name', 'NO_NAME', 'has no name.');
  const timeZone = get('timeZone') ?? options.timeZone;
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    wrong(
      'timeZone',
      'NOT_A_TIME_ZONE',
      `has the time zone ${timeZone}; give an IANA name, as Europe/Berlin.`,
    );
  }
  const written = get('lastWorkingDay');
  const lastWorkingDay = written === undefined ? undefined : readDay(written, options.dateOrder);
  if (written !== undefined && lastWorkingDay === undefined) {
    const message = `has the last working day ${written}; give ISO 8601, or the order with --date-order dmy or mdy.`;
    wrong('lastWorkingDay', 'NOT_A_DAY', message);
  }
  const zone = timeZone !== undefined && isTimeZone(timeZone) ? timeZone : undefined;
  const byDay = statusByDay(lastWorkingDay, zone, options.syncedAt);
  const status = columns.has('status') ? statusOf(get('status'), byDay) : byDay;
  if (status === undefined) {
    const message = `has the status ${get('status') ?? '(empty)'}; known are active, leaving, left and what HR systems call these.`;
    wrong('status', 'UNKNOWN_STATUS', message);
  }
  return {
    row: row.row,
    id: `${options.source}/person/${employeeId ?? email?.toLowerCase() ?? ''}`,
    employeeId,
    email,
    name,
    status: status ?? 'ACTIVE',
    lastWorkingDay,
    timeZone: zone,
    managerId: get('managerId'),
    managerEmail: get('managerEmail'),
    attributes: { title: get('title'), department: get('department') },
  };
}

function statusByDay(day: string | undefined, timeZone: string | undefined, syncedAt: string): Status {
  if (day === undefined) return 'ACTIVE';
  return endOf(day, timeZone) <= (parseTime(syncedAt) ?? 0) ? 'LEFT' : 'LEAVING';
}

/** Somebody who is there and has a last working day is leaving; gone is what HR says, whatever the day. */
function statusOf(text: string | undefined, byDay: Status): Status | undefined {
  const word = text?.toLowerCase().replace(/[_-]+/g, ' ') ?? '';
  if (HERE.has(word)) return byDay === 'LEAVING' ? 'LEAVING' : 'ACTIVE';
  if (GOING.has(word)) return 'LEAVING';
  return GONE.has(word) ? 'LEFT' : undefined;
}

/** Two rows of one person, and two people who are there with one address. */
function checkAll(people: readonly Person[], problems: RowProblems): void {
  const ids = new Map<string, Person>();
  const addresses = new Map<string, Person>();
  for (const person of people) {
    const same = ids.get(person.id);
    if (same) problems.add(person.row, 'id', 'TWICE', `is ${person.id} again, as ${same.row} is.`);
    ids.set(person.id, person);
    if (person.status === 'LEFT' || person.email === undefined) continue;
    const address = person.email.normalize('NFKC').toLowerCase();
    const other = addresses.get(address);
    if (other && !same) {
      problems.add(
        person.row,
        'email',
        'DUPLICATE_EMAIL',
        `has the address of ${other.row}, ${person.email}.`,
      );
    }
    addresses.set(address, person);
  }
}

function addPerson({ row: _, managerId, managerEmail, id, ...person }: Person, draft: SnapshotDraft): void {
  draft.add({ kind: 'Human', id, externalId: person.employeeId, ...person });
}

/** A manager by id, else by address: of this file where it has one, else of whoever has the address elsewhere. */
function relateManagers(people: readonly Person[], draft: SnapshotDraft, problems: RowProblems): void {
  const byId = new Map(people.map((person) => [person.employeeId, person.id]));
  const byEmail = new Map(people.map((person) => [person.email?.toLowerCase(), person.id]));
  for (const { row, id, managerId, managerEmail } of people) {
    const named = managerId ?? managerEmail;
    if (named === undefined) continue;
    const found = (managerId && byId.get(managerId)) ?? byEmail.get(managerEmail?.toLowerCase() ?? '-');
    if (found === id) problems.add(row, 'manager', 'OWN_MANAGER', 'is their own manager.');
    else if (found) draft.relate('REPORTS_TO', id, found);
    else draft.note(`${row} reports to ${named}, who is not in the file: left out.`);
  }
}

function say(columns: Columns, { timeZone }: HrOptions, draft: SnapshotDraft): void {
  if (!columns.has('managerId') && !columns.has('managerEmail')) {
    draft.cannotRead(
      ['REPORTS_TO'],
      'The file has no column for managers, who are the first to be proposed as successors.',
    );
  }
  if (!columns.has('lastWorkingDay')) {
    draft.note('The file has no column for the last working day: nobody is known to be leaving.');
  } else if (timeZone === undefined && !columns.has('timeZone')) {
    draft.note('No time zone is given (--time-zone Europe/Berlin): a last working day ends at midnight UTC.');
  }
  if (!columns.has('employeeId')) {
    draft.note(
      'The file has no employee ids: people are known by their addresses, and a new address is a new person.',
    );
  }
}
