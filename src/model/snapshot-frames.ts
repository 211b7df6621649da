/**
 * The media type of several snapshots in one body, which `POST /import` takes as one import. Each is a line of JSON,
 * `{"name":"hr.ndjson","bytes":1024}`, and then so many bytes as they stand in its file; one that does not say how many
 * is the last, and goes on to the end of the body. Problems are told with the names.
 */
export const SNAPSHOT_FRAMES = 'application/vnd.tendril.snapshots';
