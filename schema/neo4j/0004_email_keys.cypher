// The key by which a human is found is the form of the address that is compared. It is computed anew for every version
// by src/store/neo4j/renew-email-keys.ts, because Cypher does not know that form; there is no statement here.
