import canonicalize from 'canonicalize';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { AuditEvent as Event } from '../../model/audit.js';
import { Node } from '../types/node.js';
import { DateTime, JSONObject } from '../types/scalars.js';

/** The prefix of ids of audit events; the `seq` follows. */
export const AUDIT_PREFIX = 'tendril/audit/';

type Values = Readonly<Record<string, unknown>> | null;

@ObjectType({
  implements: Node,
  description: 'One recorded fact, at its place in the chain.',
  simpleResolvers: true,
})
export class AuditEvent extends Node {
  constructor(private readonly event: Event) {
    super();
  }

  override get id(): string {
    return `${AUDIT_PREFIX}${this.event.seq}`;
  }

  @Field(() => Int, { description: 'Its place in the chain, counted from 1 without a gap.' })
  get seq(): number {
    return this.event.seq;
  }

  @Field(() => String, { description: 'What happened, for example `SNAPSHOT_IMPORTED`.' })
  get type(): string {
    return this.event.type;
  }

  @Field(() => DateTime, { description: 'The time of the commit that recorded it.' })
  get at(): Date {
    return new Date(this.event.at);
  }

  @Field(() => ID, { description: 'The revision of the commit that recorded it.' })
  get revision(): string {
    return String(this.event.revision);
  }

  @Field(() => String, { description: 'Who did it: the subject that signed in.' })
  get subject(): string {
    return this.event.actor.subject;
  }

  @Field(() => String, {
    description:
      'How they signed in: `static-token`, `oidc`, `os-user`, or `system` for what nobody asked for.',
  })
  get signedInBy(): string {
    return this.event.actor.signedInBy;
  }

  @Field(() => String, {
    nullable: true,
    description: 'The request id in the log; null where there was no request.',
  })
  get requestId(): string | null {
    return this.event.actor.requestId;
  }

  @Field(() => String, { nullable: true, description: 'The reason that the person gave.' })
  get reason(): string | null {
    return this.event.reason;
  }

  @Field(() => ID, { nullable: true, description: 'The case it belongs to, where there is one.' })
  get case(): string | null {
    return this.event.case;
  }

  @Field(() => ID, { nullable: true, description: 'The entity it is about, where there is one.' })
  get entity(): string | null {
    return this.event.entity;
  }

  @Field(() => JSONObject, { nullable: true, description: 'The values before; null where there were none.' })
  get before(): Values {
    return this.event.before;
  }

  @Field(() => JSONObject, { nullable: true, description: 'The values after.' })
  get after(): Values {
    return this.event.after;
  }

  @Field(() => String, { description: 'Hash of the event before it; zeros for the first event.' })
  get previousHash(): string {
    return this.event.previousHash;
  }

  @Field(() => String, {
    description: 'SHA-256, in hex, of the previous hash and the canonical JSON (RFC 8785) of the rest.',
  })
  get hash(): string {
    return this.event.hash;
  }

  @Field(() => String, {
    description:
      'The whole event in canonical JSON (RFC 8785), with its hash: a line of an exported chain, without the line end.',
  })
  get canonical(): string {
    return canonicalize(this.event) as string;
  }
}
