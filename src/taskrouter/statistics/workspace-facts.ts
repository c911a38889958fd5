import type { Fact } from './fact';
import { FactBlock } from './fact-block';
import { SharedTexts } from './shared-texts';

/** A part of a block, as it was at one moment. */
interface Part {
  readonly block: FactBlock;
  readonly begin: number;
  readonly end: number;
}

/** The facts of one workspace, without gaps: all of them from `since` on. */
export class WorkspaceFacts {
  /** Unix milliseconds. Facts before are being loaded, or not here. */
  since = Number.POSITIVE_INFINITY;
  /** Oldest first. */
  private blocks: FactBlock[] = [];
  private readonly texts = new SharedTexts();
  /** The start of the earliest window that was asked for lately, and in the time before. */
  private asked = Number.POSITIVE_INFINITY;
  private askedBefore = Number.POSITIVE_INFINITY;

  /** Adds the newest fact. */
  append(fact: Fact): void {
    if (this.blocks.at(-1)?.append(fact)) return;
    const block = new FactBlock(this.texts, 'lowest');
    block.append(fact);
    this.blocks.push(block);
  }

  /** Adds the oldest fact. */
  prepend(fact: Fact): void {
    if (this.blocks[0]?.prepend(fact)) return;
    const block = new FactBlock(this.texts, 'highest');
    block.prepend(fact);
    this.blocks.unshift(block);
  }

  /** The present facts of a period, newest first. */
  parts(from: number, to: number): Part[] {
    const parts = this.blocks.map((block) => ({
      block,
      begin: block.firstSince(from),
      end: block.firstSince(to + 1),
    }));
    return parts.filter(({ begin, end }) => begin < end).reverse();
  }

  /** Keeps the facts since `from` for a while. */
  ask(from: number): void {
    this.asked = Math.min(this.asked, from);
  }

  /** Drops what nobody has asked for since the last call but one. Returns false if nobody has asked for anything. */
  dropUnasked(): boolean {
    const keep = Math.min(this.asked, this.askedBefore);
    this.askedBefore = this.asked;
    this.asked = Number.POSITIVE_INFINITY;
    if (keep > this.since) this.dropBefore(keep);
    return keep < Number.POSITIVE_INFINITY;
  }

  private dropBefore(date: number): void {
    this.since = date;
    for (const block of this.blocks) block.begin = block.firstSince(date);
    this.blocks = this.blocks.filter(({ begin, end }) => begin < end);
  }
}
