import { MAX_PROBLEMS, type Problem, TendrilError } from '../model/errors.js';

/** Gathers what is wrong with the rows of files that are converted, so that all of it is told at once. */
export class RowProblems {
  private readonly kept: Problem[] = [];
  private count = 0;

  /** `row`: `people.csv:7`, or a path in a JSON document. `field`: the column or property. */
  add(row: string, field: string, rule: string, message: string): void {
    this.count += 1;
    if (this.kept.length < MAX_PROBLEMS) this.kept.push({ row, field, rule, message });
  }

  get isEmpty(): boolean {
    return this.count === 0;
  }

  /** @throws BAD_INPUT with all problems, where there is one */
  refuseIfAny(): void {
    if (this.count === 0) return;
    const [first] = this.kept as [Problem, ...Problem[]];
    const what = this.count === 1 ? 'one problem' : `${this.count} problems`;
    throw new TendrilError(
      'BAD_INPUT',
      `The input has ${what} and nothing was written. Mend it and convert again. First: ${first.row}: ${first.message}`,
      { problems: this.kept, problemCount: this.count },
    );
  }
}
