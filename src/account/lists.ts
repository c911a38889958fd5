import { pages } from '../workspace/existing/read';

/** Says how far a long reading is: what is read, and how many of it. */
export type ReadingProgress = (what: string, count: number) => void;

/** A page of a list, as the official client gives it. */
interface Page<Item> {
  readonly instances: Item[];
  nextPage(): Promise<Page<Item>> | undefined;
}

/** A list resource of the official client. */
interface List<Item, Options> {
  page(options: Options): Promise<Page<Item>>;
}

/**
 * All items of a list, page by page, in order of creation. While a list is read, it can change, so that a page repeats
 * an item of the one before: each is returned once, as it was last.
 */
export async function readList<Item extends ListItem, Options extends { pageSize?: number }>(
  what: string,
  list: List<Item, Options>,
  onProgress: ReadingProgress,
  options: Omit<Options, 'pageSize'> = {} as Options,
): Promise<Item[]> {
  const items = new Map<string, Item>();
  let page: Page<Item> | undefined = await list.page({ ...options, ...pages() } as unknown as Options);
  while (page) {
    for (const item of page.instances) items.set(item.sid, item);
    onProgress(what, items.size);
    page = await page.nextPage();
  }
  return inOrderOfCreation([...items.values()]);
}

interface ListItem {
  readonly sid: string;
  readonly dateCreated: Date | null;
}

/** REST shows whole seconds. Items of one second stay as the list has them. */
const inOrderOfCreation = <Item extends ListItem>(items: Item[]): Item[] =>
  items.sort((left, right) => timeOf(left.dateCreated) - timeOf(right.dateCreated));

/** Unix milliseconds; 0 if REST shows no date. */
export const timeOf = (date: Date | null | undefined): number => date?.getTime() ?? 0;
