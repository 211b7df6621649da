/** One variable, as the reference describes it. */
export interface VariableRule {
  readonly variable: string;
  readonly type: string;
  readonly default: string;
  readonly sentence: string;
}

/** Every variable of the configuration. The service refuses another one whose name begins with TENDRIL_. */
export const VARIABLES: readonly VariableRule[] = [
  {
    variable: 'TENDRIL_STORE',
    type: 'address',
    default: 'sqlite:.tendril/graph.db',
    sentence:
      'The store: `sqlite:PATH`, `sqlite::memory:`, which ends with the process, or a Neo4j server: `bolt://…`, `neo4j://…`, `neo4j+s://…`.',
  },
  {
    variable: 'TENDRIL_NEO4J_USER',
    type: 'text',
    default: 'neo4j',
    sentence: 'The user for the sign-in to the Neo4j server.',
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
      'The address on which the service listens; one that is not loopback needs `TENDRIL_TOKENS` or `TENDRIL_OIDC_ISSUER`.',
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
    sentence: 'The file with static tokens: `[{ "sha256": "…", "subject": "…", "roles": ["VIEWER"] }]`.',
  },
  {
    variable: 'TENDRIL_OIDC_ISSUER',
    type: 'address',
    default: '',
    sentence: 'The OpenID Connect issuer whose access tokens are accepted, exactly as its tokens name it.',
  },
  {
    variable: 'TENDRIL_OIDC_AUDIENCE',
    type: 'text',
    default: '',
    sentence: 'The audience (`aud`) of its tokens for this service; needed with `TENDRIL_OIDC_ISSUER`.',
  },
  {
    variable: 'TENDRIL_ROLES',
    type: 'file',
    default: '',
    sentence:
      'The file that maps claims of these tokens to roles (`schema/roles.schema.json`); needed with `TENDRIL_OIDC_ISSUER`.',
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
      'Where radii and paths are computed: from an index of the whole graph in `memory`, or with reads of the `store`, for a graph that does not fit into memory. `auto` estimates the size of the index at the start and compares it with `TENDRIL_INDEX_MEMORY`. With `store`, each answer reads what it needs, within limits.',
  },
  {
    variable: 'TENDRIL_INDEX_MEMORY',
    type: 'bytes',
    default: '',
    sentence:
      'How much memory the index may take, in bytes or with `KiB`, `MiB`, `GiB` or `TiB`; not set: half of the machine’s.',
  },
  {
    variable: 'TENDRIL_WEBHOOKS',
    type: 'file',
    default: '',
    sentence:
      'The file with the webhooks to which actions on sources with the actuation `WEBHOOK` are sent (`schema/webhooks.schema.json`).',
  },
  {
    variable: 'TENDRIL_STALE_AFTER',
    type: 'duration',
    default: '24h',
    sentence:
      'The time without a snapshot after which a source is stale: a number with `s`, `m`, `h` or `d`.',
  },
  {
    variable: 'TENDRIL_WARN_BEFORE',
    type: 'duration',
    default: '14d',
    sentence:
      'How long before something expires `attention` says that an app or a job stops by it: a number with `s`, `m`, `h` or `d`.',
  },
  {
    variable: 'TENDRIL_CLOCK',
    type: 'ISO time',
    default: '',
    sentence:
      'A fixed time for the clock, for tests and demonstrations; `/health` and the log show it. Not set: the clock of the system.',
  },
  {
    variable: 'TENDRIL_TOKEN',
    type: 'text',
    default: '',
    sentence: 'The token of the command line. Not set: it acts as the user of the operating system.',
  },
  {
    variable: 'TENDRIL_URL',
    type: 'address',
    default: '',
    sentence:
      'The service that the command line calls, as the subject of `TENDRIL_TOKEN`: `https://tendril.example`, or http on this machine. Not set: it opens the store itself.',
  },
  {
    variable: 'TENDRIL_CORS_ORIGINS',
    type: 'origins',
    default: '',
    sentence:
      'The origins whose pages may call `/graphql` and subscribe there from a browser: `https://dashboard.example`, several separated by commas. Not set: none.',
  },
  {
    variable: 'TENDRIL_TRUSTED_DOCUMENTS',
    type: 'file',
    default: '',
    sentence:
      'The file with the only operations that run: a JSON object from the SHA-256 of each document to its text. Not set: every operation within the schema and the limits runs.',
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
      'The OpenTelemetry collector that receives traces, such as `http://127.0.0.1:4318`; `/v1/traces` is added to it. `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`, to which nothing is added, takes precedence. Not set: nothing is traced.',
  },
  {
    variable: 'OTEL_EXPORTER_OTLP_PROTOCOL',
    type: '`http/protobuf` or `http/json`',
    default: 'http/protobuf',
    sentence: 'The protocol of traces; `OTEL_EXPORTER_OTLP_TRACES_PROTOCOL` takes precedence.',
  },
  {
    variable: 'OTEL_SERVICE_NAME',
    type: 'text',
    default: 'tendril',
    sentence: 'The name of this service in traces; `OTEL_RESOURCE_ATTRIBUTES` adds further attributes.',
  },
  {
    variable: 'OTEL_TRACES_SAMPLER',
    type: 'text',
    default: 'parentbased_always_on',
    sentence:
      'Which requests are traced: `always_on`, `always_off`, or `traceidratio` with the ratio in `OTEL_TRACES_SAMPLER_ARG`; each also as `parentbased_…`.',
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
