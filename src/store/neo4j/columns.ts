/**
 * How a value of a row becomes a property: unchanged; as an integer, because the numbers of JavaScript arrive as floats;
 * or, from milliseconds, as a time in UTC that people can read.
 */
export type Column = 'plain' | 'integer' | 'datetime';

/** Rows as lists of values, and the properties that a statement reads from such a list. */
export interface Columns<Name extends string> {
  /** The values of a row. A missing value is null, and becomes no property. */
  readonly row: (values: Readonly<Partial<Record<Name, unknown>>>) => readonly unknown[];
  /** The text between the braces of a map, in a statement that names the list `row`. */
  readonly properties: string;
}

const READ: Readonly<Record<Column, (value: string) => string>> = {
  plain: (value) => value,
  integer: (value) => `toInteger(${value})`,
  datetime: (value) =>
    `CASE WHEN ${value} IS NULL THEN null ELSE datetime.fromEpochMillis(toInteger(${value})) END`,
};

/**
 * The statement has the names, and the rows have only values, with numbers and times as JavaScript numbers: the driver
 * takes most of its time for names, and for its own objects of integers and times.
 *
 * @param first how many other values come before these in the list
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
