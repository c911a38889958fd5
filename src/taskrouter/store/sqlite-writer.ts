import type Database from 'libsql';
import { inTransaction } from './sqlite-database';
import { type WriteBatch, writeStatements } from './write-batch';

/**
 * Writes batches on a connection, each as one transaction: durable when `write` returns, or not written at all. After a
 * failure it writes nothing more, because the batches that already wait behind it rest on the one that is missing.
 */
export class SqliteWriter {
  private readonly statements: readonly { statement: Database.Statement; parameterCount: number }[];

  private failure: unknown = null;

  constructor(private readonly database: Database.Database) {
    this.statements = writeStatements.map(({ sql, parameterCount }) => ({
      statement: database.prepare(sql),
      parameterCount,
    }));
  }

  /** @throws Error of SQLite, with its `code` */
  write(batch: WriteBatch): void {
    if (this.failure) throw this.failure;
    try {
      inTransaction(this.database, () => this.runAll(batch));
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }

  private runAll({ statements, values }: WriteBatch): void {
    let at = 0;
    for (const index of statements) {
      const { statement, parameterCount } = this.statements[index] as (typeof this.statements)[number];
      statement.run(values.slice(at, at + parameterCount));
      at += parameterCount;
    }
  }
}
