/**
 * How a value of a row becomes a property: as it is; as a whole number, for numbers of JavaScript arrive as floats;
 * or, from milliseconds, as a moment in UTC that people can read.
 */
export type Column = 'plain' | 'whole' | 'moment';

/** Rows as lists of values, and the properties that a statement makes of one. */
export interface Columns<Name extends string> {
  /** What is not there is null, and becomes no property. */
  readonly row: (values: Readonly<Partial<Record<Name, unknown>>>) => readonly unknown[];
  /** What stands between the braces of a map in a statement that calls the list `row`. */
  readonly properties: string;
}

const READ: Readonly<Record<Column, (value: string) => string>> = {
  plain: (value) => value,
  whole: (value) => `toInteger(${value})`,
  moment: (value) =>
    `CASE WHEN ${value} IS NULL THEN null ELSE datetime.fromEpochMillis(toInteger(${value})) END`,
};

/**
 * Names are said once in the statement, not in each row, and numbers and times go as they are: the driver takes most
 * of its time for names, and for the objects that it has for whole numbers and times.
 *
 * @param first how many others come before them in the list
 */
export function columnsOf<Name extends string>(
  columns: Readonly<Record<Name, Column>>,
  first = 0,
): Columns<Name> {
  const names = Object.keys(columns) as Name[];
  const entries = names.map((name, at) => `${name}: ${READ[columns[name]](`row[${first + at}]`)}`);
  return {
    row: (values) => names.map((name) => values[name] ?? null),
    properties: entries.join(', '),
  };
}
