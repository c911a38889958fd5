import type { TableName, Tables } from './entities';

/** One row as a command left it: `after` is undefined when the row is gone. */
export type Change = {
  [Name in TableName]: {
    readonly table: Name;
    readonly sid: string;
    readonly before: Tables[Name] | undefined;
    readonly after: Tables[Name] | undefined;
  };
}[TableName];
