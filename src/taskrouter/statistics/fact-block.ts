import { type Fact, type FactType, factTypes } from './fact';
import type { SharedTexts } from './shared-texts';

/** The number of facts in a block. */
const capacity = 1024;

const typeNumbers = new Map<FactType, number>(factTypes.map((type, number) => [type, number]));

/**
 * Facts in order of time. They are in columns, because a fact takes 50 bytes there and 150 as an object, and because the
 * garbage collector passes over them. A fact never changes, so a part of a block stays as it is while facts are added.
 */
export class FactBlock {
  readonly types = new Uint8Array(capacity);
  readonly dates = new Float64Array(capacity);
  readonly taskChannelSids = new Uint32Array(capacity);
  readonly taskChannelUniqueNames = new Uint32Array(capacity);
  readonly workflowSids = new Uint32Array(capacity);
  readonly taskQueueSids = new Uint32Array(capacity);
  readonly workerSids = new Uint32Array(capacity);
  readonly leftSids = new Uint32Array(capacity);
  readonly ages = new Int32Array(capacity);
  readonly agesInQueue = new Int32Array(capacity);
  readonly staysMs = new Float64Array(capacity);
  /** The facts are at the positions from `begin` to before `end`. */
  begin: number;
  end: number;

  /** @param first the position of the first fact: the block grows from there in one direction */
  constructor(
    readonly texts: SharedTexts,
    first: 'lowest' | 'highest',
  ) {
    this.begin = first === 'lowest' ? 0 : capacity;
    this.end = this.begin;
  }

  /** Adds the newest fact. Returns false if the block is full. */
  append(fact: Fact): boolean {
    if (this.end === capacity) return false;
    this.write(this.end, fact);
    this.end += 1;
    return true;
  }

  /** Adds the oldest fact. Returns false if the block is full. */
  prepend(fact: Fact): boolean {
    if (this.begin === 0) return false;
    this.begin -= 1;
    this.write(this.begin, fact);
    return true;
  }

  /** The position of the first fact that is not before `date`; `end` if there is none. */
  firstSince(date: number): number {
    let [low, high] = [this.begin, this.end];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.dates[middle] as number) >= date) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Calls `visit` with the facts of a part of the block, newest first. Each is valid until the next. */
  visit(begin: number, end: number, visit: (fact: Fact) => void): void {
    const fact = new FactInBlock(this);
    for (fact.at = end - 1; fact.at >= begin; fact.at -= 1) visit(fact);
  }

  private write(at: number, fact: Fact): void {
    const { texts } = this;
    this.types[at] = typeNumbers.get(fact.type) as number;
    this.dates[at] = fact.date;
    this.taskChannelSids[at] = texts.numberOf(fact.taskChannelSid);
    this.taskChannelUniqueNames[at] = texts.numberOf(fact.taskChannelUniqueName);
    this.workflowSids[at] = texts.numberOf(fact.workflowSid);
    this.taskQueueSids[at] = texts.numberOf(fact.taskQueueSid);
    this.workerSids[at] = texts.numberOf(fact.workerSid);
    this.leftSids[at] = texts.numberOf(fact.leftSid);
    this.ages[at] = fact.age;
    this.agesInQueue[at] = fact.ageInQueue;
    this.staysMs[at] = fact.stayMs;
  }
}

/** The fact at a position of a block, without an object for each. */
class FactInBlock implements Fact {
  at = 0;

  constructor(private readonly block: FactBlock) {}

  get type(): FactType {
    return factTypes[this.block.types[this.at] as number] as FactType;
  }
  get date(): number {
    return this.block.dates[this.at] as number;
  }
  get taskChannelSid(): string | undefined {
    return this.block.texts.textOf(this.block.taskChannelSids[this.at]);
  }
  get taskChannelUniqueName(): string | undefined {
    return this.block.texts.textOf(this.block.taskChannelUniqueNames[this.at]);
  }
  get workflowSid(): string | undefined {
    return this.block.texts.textOf(this.block.workflowSids[this.at]);
  }
  get taskQueueSid(): string | undefined {
    return this.block.texts.textOf(this.block.taskQueueSids[this.at]);
  }
  get workerSid(): string | undefined {
    return this.block.texts.textOf(this.block.workerSids[this.at]);
  }
  get leftSid(): string | undefined {
    return this.block.texts.textOf(this.block.leftSids[this.at]);
  }
  get age(): number {
    return this.block.ages[this.at] as number;
  }
  get ageInQueue(): number {
    return this.block.agesInQueue[this.at] as number;
  }
  get stayMs(): number {
    return this.block.staysMs[this.at] as number;
  }
}
