import type { Entity, TableName, Tables } from '../model/entities';
import type { FormatContext } from './formats/context';

type Format<Row> = (row: Row, context: FormatContext) => object;

interface KeptText {
  readonly format: Format<never>;
  readonly read: NotingContext;
  readonly text: string;
}

/** Our choice: so many texts at least, a page of the largest size; twice as many at most. */
const keptTexts = 1000;

/**
 * Keeps the JSON of the entities that were read last: making it was half of the time of a list. Entities are immutable, so
 * a text can be used again as long as everything else that its format read is the same.
 */
export class KeptTexts {
  private recent = new Map<Entity, KeptText>();
  private older = new Map<Entity, KeptText>();

  /** The JSON of the formatted row. */
  of<Row extends Entity>(format: Format<Row>, row: Row, context: FormatContext): string {
    const kept = this.recent.get(row) ?? this.older.get(row);
    const isCurrent = kept?.format === format && kept.read.isSameIn(context);
    const current = isCurrent ? kept : newText(format, row, context);
    // Every text stays for another `keptTexts` after its last use.
    if (this.recent.get(row) !== current) this.keep(row, current);
    return current.text;
  }

  private keep(row: Entity, text: KeptText): void {
    if (this.recent.size >= keptTexts) {
      this.older = this.recent;
      this.recent = new Map();
    }
    this.recent.set(row, text);
  }
}

function newText<Row>(format: Format<Row>, row: Row, context: FormatContext): KeptText {
  const read = new NotingContext(context);
  return { format, read, text: JSON.stringify(format(row, read)) };
}

/** Notes what is read from a context. */
class NotingContext implements FormatContext {
  readonly accountSid: string;
  readonly root: string;
  private readonly found: { readonly table: TableName; readonly sid: string; readonly row: unknown }[] = [];
  private readonly ages: { readonly date: number; readonly age: number }[] = [];

  constructor(private readonly context: FormatContext) {
    this.accountSid = context.accountSid;
    this.root = context.root;
  }

  find<Name extends TableName>(table: Name, sid: string): Tables[Name] | undefined {
    const row = this.context.find(table, sid);
    if (!this.found.some((one) => one.table === table && one.sid === sid))
      this.found.push({ table, sid, row });
    return row;
  }

  ageOf(date: number): number {
    const age = this.context.ageOf(date);
    this.ages.push({ date, age });
    return age;
  }

  /** Whether all that was read is the same in another context. */
  isSameIn(context: FormatContext): boolean {
    return (
      this.accountSid === context.accountSid &&
      this.root === context.root &&
      this.ages.every(({ date, age }) => context.ageOf(date) === age) &&
      this.found.every(({ table, sid, row }) => context.find(table, sid) === row)
    );
  }
}
