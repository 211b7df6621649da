/** One variable: what the reference says of it. */
export interface VariableRule {
  readonly variable: string;
  readonly type: string;
  readonly default: string;
  readonly sentence: string;
}

/** Every variable there is. What starts with TENDRIL_ and is not here is a mistake, and said to be one. */
export const VARIABLES: readonly VariableRule[] = [
  {
    variable: 'TENDRIL_STORE',
    type: 'address',
    default: 'sqlite:.tendril/graph.db',
    sentence:
      'Where the graph is kept: `sqlite:PATH`, `sqlite::memory:` for as long as the process lives, or a Neo4j server: `bolt://…`, `neo4j://…`, `neo4j+s://…`.',
  },
  {
    variable: 'TENDRIL_NEO4J_USER',
    type: 'text',
    default: 'neo4j',
    sentence: 'Who signs in to the Neo4j server.',
  },
  {
    variable: 'TENDRIL_NEO4J_PASSWORD',
    type: 'text',
    default: '',
    sentence: 'The password; needed where `TENDRIL_STORE` names a Neo4j server.',
  },
  {
    variable: 'TENDRIL_NEO4J_DATABASE',
    type: 'text',
    default: '',
    sentence: 'The database on that server; not set: the user’s home database.',
  },
  {
    variable: 'TENDRIL_HOST',
    type: 'host',
    default: '127.0.0.1',
    sentence:
      'Where it listens; a host that is not loopback needs `TENDRIL_TOKENS` or `TENDRIL_OIDC_ISSUER`.',
  },
  { variable: 'TENDRIL_PORT', type: 'port', default: '4000', sentence: 'The port; 0 takes any free one.' },
  {
    variable: 'TENDRIL_DEMO',
    type: '`auto` or `off`',
    default: 'auto',
    sentence: '`auto` loads the demo company into an empty embedded store.',
  },
  {
    variable: 'TENDRIL_TOKENS',
    type: 'file',
    default: '',
    sentence: 'Static tokens: `[{ "sha256": "…", "subject": "…", "roles": ["VIEWER"] }]`.',
  },
  {
    variable: 'TENDRIL_OIDC_ISSUER',
    type: 'address',
    default: '',
    sentence: 'The OpenID Connect issuer whose access tokens sign in, exactly as its tokens name it.',
  },
  {
    variable: 'TENDRIL_OIDC_AUDIENCE',
    type: 'text',
    default: '',
    sentence: 'What its tokens for this service have as audience; needed with `TENDRIL_OIDC_ISSUER`.',
  },
  {
    variable: 'TENDRIL_ROLES',
    type: 'file',
    default: '',
    sentence:
      'Which claim of such a token gives which roles (`schema/roles.schema.json`); needed with `TENDRIL_OIDC_ISSUER`.',
  },
  {
    variable: 'TENDRIL_POLICY',
    type: 'file',
    default: 'seed/policy.default.json',
    sentence: 'The policy file; the default is the one that comes with the program.',
  },
  {
    variable: 'TENDRIL_INDEX',
    type: '`auto`, `memory` or `store`',
    default: 'auto',
    sentence:
      'Where the graph thinks: with all of it in `memory`, or piece by piece in the `store`, for one that does not fit; `auto` estimates what it would take at the start and goes by `TENDRIL_INDEX_MEMORY`. In the store each answer reads what it needs, within limits.',
  },
  {
    variable: 'TENDRIL_INDEX_MEMORY',
    type: 'bytes',
    default: '',
    sentence:
      'How much memory the index may take: a number, or one with `KiB`, `MiB`, `GiB` or `TiB`; not set: half of the machine.',
  },
  {
    variable: 'TENDRIL_WEBHOOKS',
    type: 'file',
    default: '',
    sentence:
      'Where actions on sources whose actuation is `WEBHOOK` are sent (`schema/webhooks.schema.json`).',
  },
  {
    variable: 'TENDRIL_STALE_AFTER',
    type: 'duration',
    default: '24h',
    sentence: 'When a source that has not synced is stale: a number with `s`, `m`, `h` or `d`.',
  },
  {
    variable: 'TENDRIL_CLOCK',
    type: 'ISO time',
    default: '',
    sentence:
      'A fixed time, for tests and demonstrations; `/health` and the log say it. Not set: the system’s.',
  },
  {
    variable: 'TENDRIL_TOKEN',
    type: 'text',
    default: '',
    sentence: 'The token the command line acts with; not set: as the user of the operating system.',
  },
  {
    variable: 'TENDRIL_URL',
    type: 'address',
    default: '',
    sentence:
      'The service that the command line asks, as the subject of `TENDRIL_TOKEN`: `https://tendril.example`, or http on this machine. Not set: it opens the store itself.',
  },
  {
    variable: 'TENDRIL_CORS_ORIGINS',
    type: 'origins',
    default: '',
    sentence:
      'Whose pages may call `/graphql`, and subscribe there, from a browser: `https://dashboard.example`, several with commas between; not set: nobody’s.',
  },
  {
    variable: 'TENDRIL_TRUSTED_DOCUMENTS',
    type: 'file',
    default: '',
    sentence:
      'The only operations that run: a JSON object from the SHA-256 of each document to its text. Not set: whatever fits the schema and the limits.',
  },
  {
    variable: 'TENDRIL_FEDERATION',
    type: '`on` or `off`',
    default: 'off',
    sentence: '`on` serves a subgraph of Apollo Federation 2 as well; not with `TENDRIL_TRUSTED_DOCUMENTS`.',
  },
  {
    variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    type: 'address',
    default: '',
    sentence:
      'The OpenTelemetry collector that traces go to, such as `http://127.0.0.1:4318`; `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` is taken before it, to the letter, where this one gets `/v1/traces` added. Not set: nothing is traced.',
  },
  {
    variable: 'OTEL_EXPORTER_OTLP_PROTOCOL',
    type: '`http/protobuf` or `http/json`',
    default: 'http/protobuf',
    sentence: 'How they are written; `OTEL_EXPORTER_OTLP_TRACES_PROTOCOL` is taken before it.',
  },
  {
    variable: 'OTEL_SERVICE_NAME',
    type: 'text',
    default: 'tendril',
    sentence: 'What they call this service; `OTEL_RESOURCE_ATTRIBUTES` says more of it.',
  },
  {
    variable: 'OTEL_TRACES_SAMPLER',
    type: 'text',
    default: 'parentbased_always_on',
    sentence:
      'Which requests are traced: `always_on`, `always_off`, `traceidratio` with the part in `OTEL_TRACES_SAMPLER_ARG`, each also as `parentbased_…`.',
  },
];

/** The table as Markdown, for the reference. */
export function configTable(): string {
  const rows = VARIABLES.map(
    (rule) =>
      `| \`${rule.variable}\` | ${rule.type} | ${rule.default === '' ? '–' : `\`${rule.default}\``} | ${rule.sentence} |`,
  );
  return ['| variable | type | default | meaning |', '|---|---|---|---|', ...rows].join('\n');
}
