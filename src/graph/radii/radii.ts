import type { Conflict, Radii, ReachSet, RotateReadable } from '../answers.js';
import type { EntityNumber, GraphView } from '../view.js';
import { conflictsOf } from './conflicts.js';
import { type Breakage, breakageOf } from './continuity.js';
import { cutOf } from './cut.js';
import { type Holdings, holdingsOf } from './holdings.js';
import { jointExposureOf } from './joint-exposure.js';
import { knownUnits } from './known-units.js';
import { orphansOf } from './orphans.js';
import { PathTreeSet } from './path-tree.js';
import { type Person, personOf } from './person.js';
import { RotationUnits } from './rotation-units.js';

/** How the radii are computed. */
export interface RadiiOptions {
  /** What policy says of secrets that could have been read (semantics, section 4). */
  readonly rotateReadable: RotateReadable;
}

/**
 * The radii of a human or an account, or of several humans who count as one. Each is computed when it is first asked for, and then kept. A view never changes,
 * so all of them describe the same state.
 */
export function radiiOf(
  view: GraphView,
  asked: EntityNumber | readonly EntityNumber[],
  options: RadiiOptions,
): LazyRadii {
  return new LazyRadii(view, asked, options);
}

/** The members of {@link LazyRadii}, so that other code can provide them too. */
export type PersonRadii = Pick<LazyRadii, keyof LazyRadii>;

/** The radii of one person, with what they are computed from. See {@link radiiOf}. */
export class LazyRadii implements Radii {
  readonly person: Person;
  readonly units: RotationUnits;
  private readonly found = new Map<string, unknown>();

  constructor(
    private readonly view: GraphView,
    asked: EntityNumber | readonly EntityNumber[],
    private readonly options: RadiiOptions,
  ) {
    this.person = personOf(view, asked);
    this.units = new RotationUnits(view);
  }

  /** The human or account that was asked about; of several humans the first by id. */
  get start(): EntityNumber {
    return this.person.starts[0] ?? 0;
  }

  get exposure(): ReachSet {
    return this.once('exposure', () => jointExposureOf(this.view, this.person.starts));
  }

  get continuity(): ReachSet {
    return this.once('continuity', () => {
      const { workloads, paths } = breakageOf(this.view, this.units, this.holdings);
      return new PathTreeSet(this.view, workloads, paths);
    });
  }

  get orphans(): ReachSet {
    return this.once('orphans', () => orphansOf(this.view, this.person));
  }

  get cut(): ReturnType<typeof cutOf> {
    return this.once('cut', () => {
      const { rotateReadable } = this.options;
      const known = knownUnits(this.view, this.units, this.person, this.exposure, rotateReadable);
      return cutOf(this.view, this.person, this.holdings, known);
    });
  }

  get conflicts(): readonly Conflict[] {
    return this.once('conflicts', () => conflictsOf(this.view, this, this.cutBreakage));
  }

  /** H(h): what stops with the person. */
  get holdings(): Holdings {
    return this.once('holdings', () => holdingsOf(this.view, this.person));
  }

  /** What ending the whole cut breaks; its workloads are W(h). */
  get cutBreakage(): Breakage {
    return this.once('cutBreakage', () => breakageOf(this.view, this.units, this.cut.ending));
  }

  private once<T>(name: string, compute: () => T): T {
    if (!this.found.has(name)) this.found.set(name, compute());
    return this.found.get(name) as T;
  }
}
