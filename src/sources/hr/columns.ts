import { badInput } from '../../model/errors.js';
import type { Table } from '../csv-table.js';
import type { RowProblems } from '../row-problems.js';

/** What is read of each person, and the headings under which HR systems export it, in any spelling. */
export const FIELDS = {
  employeeId: [
    'employee id',
    'employee number',
    'employee no',
    'personnel number',
    'worker id',
    'person id',
    'id',
  ],
  email: ['email', 'e-mail', 'email address', 'work email', 'business email', 'primary email', 'mail'],
  name: ['name', 'full name', 'display name', 'employee name', 'worker', 'preferred name'],
  firstName: ['first name', 'given name', 'preferred first name'],
  lastName: ['last name', 'surname', 'family name'],
  managerId: [
    'manager id',
    'manager employee id',
    'supervisor id',
    'reports to id',
    'manager employee number',
  ],
  managerEmail: [
    'manager email',
    'supervisor email',
    'reports to email',
    "manager's email",
    'manager work email',
  ],
  lastWorkingDay: [
    'last working day',
    'last day',
    'last day of work',
    'termination date',
    'end date',
    'leave date',
    'exit date',
  ],
  status: ['status', 'employment status', 'employee status', 'worker status', 'active status'],
  timeZone: ['time zone', 'timezone', 'tz'],
  title: ['title', 'job title', 'position'],
  department: ['department', 'team', 'cost center', 'organisation', 'organization'],
} as const;

export type Field = keyof typeof FIELDS;

/** Finds the cell of a field in a row by the heading that the table has for it. */
export type Columns = ReadonlyMap<Field, string>;

/**
 * The heading of each field that the table has: the one that was given, else a known one.
 *
 * @param given field to heading, by the caller; @throws BAD_INPUT at a field that there is not
 */
export function columnsOf(
  file: string,
  table: Table,
  given: ReadonlyMap<string, string>,
  problems: RowProblems,
): Columns {
  for (const field of given.keys()) {
    if (Object.hasOwn(FIELDS, field)) continue;
    throw badInput(`There is no field ${field}; name one of ${Object.keys(FIELDS).join(', ')}.`);
  }
  const found = new Map<Field, string>();
  for (const field of Object.keys(FIELDS) as Field[]) {
    const wanted = given.get(field);
    const heading = wanted ?? FIELDS[field].find((one) => table.has(one));
    if (heading === undefined) continue;
    if (table.has(heading)) found.set(field, heading);
    else {
      const there = table.columns.join(', ');
      problems.add(
        `${file}:1`,
        heading,
        'NO_COLUMN',
        `has no column ${heading} for ${field}; it has ${there}.`,
      );
    }
  }
  need(file, table, found, problems);
  return found;
}

function need(file: string, table: Table, found: Columns, problems: RowProblems): void {
  const hasName = found.has('name') || (found.has('firstName') && found.has('lastName'));
  const missing = [
    ...(found.has('email') ? [] : ['email']),
    ...(hasName ? [] : ['name (or firstName and lastName)']),
  ];
  if (missing.length === 0 || table.columns.length === 0) return;
  problems.add(
    `${file}:1`,
    missing.join(', '),
    'NO_COLUMN',
    `has no column for ${missing.join(' and ')}; name it, as in --column email="Work address". It has: ${table.columns.join(', ')}.`,
  );
}
