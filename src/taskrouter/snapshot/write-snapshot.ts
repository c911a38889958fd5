import { setImmediate as nextTurn } from 'node:timers/promises';
import { tableNames } from '../model/entities';
import { storedForm } from '../store/entity-text';
import type { Store, StoreContents } from '../store/store';
import {
  type SnapshotEnd,
  type SnapshotHeader,
  snapshotFormat,
  snapshotRelease,
  snapshotVersion,
} from './format';
import { neutralAccountSid, withAccountSid } from './neutral-account';
import { SecretMasks } from './secret-masks';

export interface SnapshotSource {
  /** The rows of one moment. */
  readonly contents: Omit<StoreContents, 'events'>;
  /** Where the events up to that moment are. */
  readonly store: Pick<Store, 'eventsAfter'>;
  readonly accountSid: string;
  /** Texts to mask wherever they are, such as the auth token. */
  readonly secrets: readonly string[];
}

/** Rows or events that are written at a time: about a millisecond. */
const pageSize = 100;

/** The text of a snapshot, in parts, between which the event loop goes on. */
export async function* writeSnapshot(source: SnapshotSource): AsyncGenerator<string, void> {
  const { contents, accountSid, secrets } = source;
  const masks = new SecretMasks(secrets);
  const line = (document: object) =>
    `${withAccountSid(JSON.stringify(document), accountSid, neutralAccountSid)}\n`;
  yield line(headerOf(contents));
  for (const page of rowPages(contents)) {
    yield page.map(({ table, row }) => line({ table, row: masks.row(storedForm(row)) })).join('');
    await nextTurn();
  }
  let events = 0;
  for (const page of eventPages(source)) {
    yield page.map((event) => line({ event: masks.row(event) })).join('');
    events += page.length;
    await nextTurn();
  }
  yield line({ end: { rows: countsOf(contents), events, masked: masks.count } satisfies SnapshotEnd });
}

function headerOf({ time, sequence }: Pick<StoreContents, 'time' | 'sequence'>): SnapshotHeader {
  return {
    format: snapshotFormat,
    version: snapshotVersion,
    release: snapshotRelease,
    time,
    date: new Date(time).toISOString(),
    sequence,
  };
}

function* rowPages({ rows }: Pick<StoreContents, 'rows'>) {
  const all = tableNames.flatMap((table) => rows[table].map((row) => ({ table, row })));
  for (let at = 0; at < all.length; at += pageSize) yield all.slice(at, at + pageSize);
}

const countsOf = ({ rows }: Pick<StoreContents, 'rows'>) =>
  Object.fromEntries(tableNames.map((table) => [table, rows[table].length])) as SnapshotEnd['rows'];

/** The events that the rows rest on, without those that are added meanwhile. */
function* eventPages({ contents, store }: SnapshotSource) {
  for (let after = 0; ; ) {
    const page = store.eventsAfter(after, pageSize);
    yield page.filter(({ sequence }) => sequence <= contents.sequence);
    const last = page.at(-1);
    if (!last || page.length < pageSize || last.sequence > contents.sequence) return;
    after = last.sequence;
  }
}
