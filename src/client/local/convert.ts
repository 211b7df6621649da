/** Turns what another tool wrote into a snapshot. It needs no store and no service. */
export { convertAwsIam } from '../../sources/aws-iam/convert.js';
export type { Conversion } from '../../sources/conversion.js';
export { readTable } from '../../sources/csv-table.js';
export { convertEntraUsers } from '../../sources/entra/convert-users.js';
export { type AnswerFile, LISTS } from '../../sources/github/answers.js';
export { convertGithub } from '../../sources/github/convert.js';
export { convertGam, type GamLists } from '../../sources/google/convert-gam.js';
export { convertHrCsv } from '../../sources/hr/convert-csv.js';
export { DATE_ORDERS, type DateOrder } from '../../sources/hr/dates.js';
export { convertOktaUsers } from '../../sources/okta/convert-users.js';
export { RowProblems } from '../../sources/row-problems.js';
