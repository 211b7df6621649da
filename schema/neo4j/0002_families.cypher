// Tokens by family, for questions that are answered in the store.

CREATE INDEX tendril_version_family IF NOT EXISTS FOR (v:TendrilVersion) ON (v.family);
