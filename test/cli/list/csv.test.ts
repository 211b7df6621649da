import { describe, expect, test } from '@jest/globals';
import { csvText } from '../../../src/cli/list/csv.js';

describe('CSV', () => {
  test('has a comma between fields and CRLF behind each row', () => {
    expect(
      csvText([
        ['id', 'n'],
        ['a', 1],
        ['b', null],
        ['c', false],
      ]),
    ).toBe('id,n\r\na,1\r\nb,\r\nc,false\r\n');
  });

  test('quotes what would be read as the end of a field', () => {
    expect(csvText([['a,b', 'say "hi"', 'two\nlines', ' plain ']])).toBe(
      '"a,b","say ""hi""","two\nlines", plain \r\n',
    );
  });

  test.each(['=1+1', '+1', '-1', '@cmd', '\t=1', '＝1'])('keeps a spreadsheet from running %j', (text) => {
    expect(csvText([[text]])).toBe(`'${text}\r\n`);
  });

  test('a carriage return at the beginning is escaped and quoted', () => {
    expect(csvText([['\r=1']])).toBe('"\'\r=1"\r\n');
  });

  test('numbers stay numbers, and several values are one field', () => {
    expect(csvText([[-1, ['a', 'b'], ['=x', 'y']]])).toBe("-1,a; b,'=x; y\r\n");
  });
});
