import type { Kind } from '../model/kinds.js';
import type { Millis } from '../model/time.js';
import type { SealedValue } from './sealed-value.js';

/**
 * How strong the proof is that an action was done, the weakest first (semantics, section 5, *Proof*): it was simulated;
 * it was asked for; a person says so; the source says so; a later snapshot of the source shows it.
 */
export const PROOFS = ['SIMULATED', 'REQUESTED', 'ATTESTED', 'ACKNOWLEDGED', 'OBSERVED'] as const;
/** One of {@link PROOFS}. */
export type Proof = (typeof PROOFS)[number];

/** One action that a source is asked to do. The same order may be sent again: its key says that it is the same. */
export interface Order {
  /** Orders with the same key are to be done once. */
  readonly idempotencyKey: string;
  /** Id of the case, and of the action in it. */
  readonly case: string;
  readonly action: string;
  /** A kind of action of the API, e.g. `REVOKE_TOKEN`. */
  readonly kind: string;
  /** The entity that the action changes or creates. */
  readonly entity: OrderedEntity;
  readonly source: OrderedSource;
  /** The details of the plan that are needed to do it: never a credential. */
  readonly details: Readonly<Record<string, unknown>>;
  /** Relationships that begin or end, by ids. */
  readonly relationships: readonly OrderedRelationship[];
  /** The number of the attempt, from 1. */
  readonly attempt: number;
  /** For WRITE_SECRET, and only for an actuator that `handsValues`: what to write, by the id of the token. */
  readonly values?: ReadonlyMap<string, SealedValue>;
}

/** The entity of an order. */
export interface OrderedEntity {
  readonly id: string;
  readonly kind: Kind;
  readonly name: string;
  /** The id that its source gives it; null where that is not known, or where the entity is still to be created. */
  readonly externalId: string | null;
}

/** The source of an order. */
export interface OrderedSource {
  readonly id: string;
  readonly vendor: string | null;
  readonly actuation: string;
}

/** A relationship that begins or ends with an order, by ids. */
export interface OrderedRelationship {
  readonly change: 'OPEN' | 'END';
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly permission: string | null;
}

/** The result of an order. */
export type Answer =
  /** The order is done. `already`: it was done before the order came. */
  | {
      readonly outcome: 'DONE';
      readonly proof: Proof;
      /** The source's request id or another reference to its answer; null: it gave none. */
      readonly reference: string | null;
      readonly already: boolean;
      /** The id that the source gives what was created; null where it gave none. */
      readonly externalId: string | null;
      /** Of what was issued, only by an actuator that `handsValues`, and only once: `already` has none. */
      readonly value?: SealedValue;
    }
  /** The source has begun; a call back will give the result. */
  | { readonly outcome: 'BEGUN'; readonly reference: string | null }
  /** A person has to do it and attest it. */
  | { readonly outcome: 'FOR_A_PERSON' }
  /** It may work later; not before `after` milliseconds, where the source says so. */
  | { readonly outcome: 'RETRY'; readonly why: string; readonly after: Millis | null }
  /** The source will not do it, however often it is asked. */
  | { readonly outcome: 'REFUSED'; readonly why: string };

/** The result that a source reports later of an order that it had begun. */
export type CallBack =
  | {
      readonly outcome: 'DONE';
      readonly reference: string | null;
      readonly already: boolean;
      readonly externalId: string | null;
    }
  | { readonly outcome: 'REFUSED'; readonly why: string };

/** A call back that was verified: it comes from the source. */
export interface VerifiedCallBack {
  readonly word: CallBack;
  /** Identifies the message, also when it is sent again. It follows the rules of ids. */
  readonly message: string;
}

/** A message of a source, as it was received. */
export interface SignedMessage {
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Unchanged bytes: the signature covers them. */
  readonly body: Buffer;
}

/** Reads the call backs of sources. */
export interface CallBacks {
  /**
   * Verifies a message and reads it.
   *
   * @throws UNAUTHENTICATED where the message does not come from the source; BAD_INPUT where it has no result
   */
  read(source: string, message: SignedMessage): VerifiedCallBack;
}

/**
 * Acts on one source system. It is the port for simulation, people, web hooks and connectors to vendors.
 *
 * - It always gives an answer: any failure is `RETRY` or `REFUSED`. It throws only the reason of `signal`, when that
 *   aborts.
 * - An order with the same key is not done twice.
 * - It answers `DONE` only where it knows that the order is done.
 */
export interface Actuator {
  /** Whether it acts outside this process: then the intent is recorded before it is called. */
  readonly reachesOut: boolean;
  /**
   * It gives this process the value of what it issues, and writes values that it is given. It answers an order to write
   * that has no values by DONE where that was done before under the key, and REFUSED otherwise. What it is to revoke and
   * has never issued counts as revoked.
   */
  readonly handsValues?: boolean;
  /** Does one order. */
  act(order: Order, signal: AbortSignal): Promise<Answer>;
}

/** Gives the actuator of each source. */
export interface Actuators {
  /**
   * Never throws: for a source with an unknown actuation, it gives an actuator that refuses every order and says
   * why.
   */
  of(source: OrderedSource): Actuator;
  /** Where orders for a source are sent, for a plan to say; null or left out: nowhere outside, or nobody knows. */
  sentTo?(source: OrderedSource): string | null;
}
