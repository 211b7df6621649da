import { type Unknown, unknownSentence } from '../../model/unknown.js';
import type { Line } from '../output.js';
import type { Terminal } from '../terminal.js';
import { section } from './plan-report.js';

/** How many unknowns a report lists; `--json` has all. */
const SHOWN = 20;

/** What nobody looked into, whatever a report says. */
export function unknownSection(unknown: readonly Unknown[], terminal: Terminal): string[] {
  const lines = unknown
    .slice(0, SHOWN)
    .map((one): Line => [{ text: `  ! ${unknownSentence(one)}`, style: 'warning' }]);
  const more = unknown.length - lines.length;
  if (more > 0) lines.push([{ text: `  … and ${more} more (--json)` }]);
  return section(`NOT KNOWN (${unknown.length})`, 'no source was asked, or not lately', lines, terminal);
}
