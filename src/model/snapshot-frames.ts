/**
 * The media type of several snapshots in one body, which `POST /import` takes as one import. Each is a line of JSON,
 * `{"name":"hr.ndjson","bytes":1024}`, followed by that many bytes of its file. Without `bytes` it is the last one, and
 * goes on to the end of the body. Problems have the names.
 */
export const SNAPSHOT_FRAMES = 'application/vnd.tendril.snapshots';
