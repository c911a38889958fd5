/** One step from a schema version to the next. */
export interface Migration {
  /** The first release of taskrouter-lifecycle that can read the result; messages of older ones name it. */
  readonly release: string;
  /** The SQL as released. It is never changed afterwards, and not derived from anything that could change. */
  readonly sql: string;
}

/**
 * Schema version n is the result of the first n migrations. A new version is one more entry at the end.
 * Rows are JSON by sid, because only the engine reads them, all at start. Events have columns for the filters of the
 * Events API; their JSON has the rest. The table `meta` and its names never change: an older program reads there that it is too old.
 */
export const migrations: readonly Migration[] = [
  {
    release: '0.1.0',
    sql: `
      CREATE TABLE workspaces (sid TEXT PRIMARY KEY, sequence INTEGER NOT NULL, body TEXT NOT NULL);
      CREATE TABLE activities (sid TEXT PRIMARY KEY, sequence INTEGER NOT NULL, body TEXT NOT NULL);
      CREATE TABLE taskChannels (sid TEXT PRIMARY KEY, sequence INTEGER NOT NULL, body TEXT NOT NULL);
      CREATE TABLE taskQueues (sid TEXT PRIMARY KEY, sequence INTEGER NOT NULL, body TEXT NOT NULL);
      CREATE TABLE workflows (sid TEXT PRIMARY KEY, sequence INTEGER NOT NULL, body TEXT NOT NULL);
      CREATE TABLE workflowVersions (sid TEXT PRIMARY KEY, sequence INTEGER NOT NULL, body TEXT NOT NULL);
      CREATE TABLE workers (sid TEXT PRIMARY KEY, sequence INTEGER NOT NULL, body TEXT NOT NULL);
      CREATE TABLE workerChannels (sid TEXT PRIMARY KEY, sequence INTEGER NOT NULL, body TEXT NOT NULL);
      CREATE TABLE tasks (sid TEXT PRIMARY KEY, sequence INTEGER NOT NULL, body TEXT NOT NULL);
      CREATE TABLE reservations (sid TEXT PRIMARY KEY, sequence INTEGER NOT NULL, body TEXT NOT NULL);
      CREATE TABLE deliveries (sid TEXT PRIMARY KEY, sequence INTEGER NOT NULL, body TEXT NOT NULL);
      CREATE TABLE events (
        sequence INTEGER PRIMARY KEY,
        sid TEXT NOT NULL,
        workspace_sid TEXT NOT NULL,
        type TEXT NOT NULL,
        date INTEGER NOT NULL,
        body TEXT NOT NULL,
        reservation_sid TEXT,
        task_sid TEXT,
        worker_sid TEXT,
        task_queue_sid TEXT,
        workflow_sid TEXT
      );
      CREATE UNIQUE INDEX events_by_sid ON events (sid);
      CREATE INDEX events_by_workspace ON events (workspace_sid, date);
      CREATE INDEX events_by_type ON events (workspace_sid, type, date);
      CREATE INDEX events_by_reservation ON events (reservation_sid, date) WHERE reservation_sid IS NOT NULL;
      CREATE INDEX events_by_task ON events (task_sid, date) WHERE task_sid IS NOT NULL;
      CREATE INDEX events_by_worker ON events (worker_sid, date) WHERE worker_sid IS NOT NULL;
      CREATE INDEX events_by_task_queue ON events (task_queue_sid, date) WHERE task_queue_sid IS NOT NULL;
      CREATE INDEX events_by_workflow ON events (workflow_sid, date) WHERE workflow_sid IS NOT NULL;
    `,
  },
  {
    release: '0.1.0',
    sql: `
      CREATE TABLE calls (sid TEXT PRIMARY KEY, sequence INTEGER NOT NULL, body TEXT NOT NULL);
      UPDATE reservations
        SET body = json_set(body, '$.onHold', json('false'), '$.canceledReasonCode', json('null'));
    `,
  },
  {
    release: '0.1.0',
    sql: `
      UPDATE tasks SET body = json_set(body, '$.step.timeoutFrom', json_extract(body, '$.step.enteredAt'))
        WHERE json_extract(body, '$.step.kind') = 'workflow';
    `,
  },
  {
    // JSON texts lose their white space. Each json() becomes text again, or it would be stored as an object.
    release: '0.1.0',
    sql: `
      UPDATE tasks SET body = json_set(body, '$.attributes', json(json_extract(body, '$.attributes')) || '')
        WHERE json_valid(json_extract(body, '$.attributes'));
      UPDATE workers SET body = json_set(body, '$.attributes', json(json_extract(body, '$.attributes')) || '')
        WHERE json_valid(json_extract(body, '$.attributes'));
      UPDATE workflowVersions
        SET body = json_set(body, '$.configuration', json(json_extract(body, '$.configuration')) || '')
        WHERE json_valid(json_extract(body, '$.configuration'));
    `,
  },
  {
    // Bodies of events no longer repeat what their columns have. Those that do are read as before.
    release: '0.1.0',
    sql: '',
  },
  {
    // A task and the offers of a transfer name the transfer.
    release: '0.1.0',
    sql: `
      CREATE TABLE transfers (sid TEXT PRIMARY KEY, sequence INTEGER NOT NULL, body TEXT NOT NULL);
      UPDATE tasks SET body = json_set(body, '$.transferSid', json('null'));
      UPDATE reservations SET body = json_set(body, '$.transferSid', json('null'));
    `,
  },
  {
    // A call has the parameters of its instruction.
    release: '0.1.0',
    sql: `
      UPDATE calls SET body = json_set(body, '$.parameters', json('{}'));
    `,
  },
];
