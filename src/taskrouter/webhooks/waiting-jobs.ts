import BTree from 'sorted-btree';

/** A job that has not started. */
export interface WaitingJob {
  /** Ascending: the order in which jobs were added. */
  readonly number: number;
  /** Of the jobs about the same subject, the next one starts when the one before has finished. */
  readonly subject: string | undefined;
}

/** The jobs of one queue that have not started. */
export class WaitingJobs<Job extends WaitingJob> {
  /** Those that may start. */
  private readonly first = new BTree<number, Job>();
  /** Those behind another one about the same subject, which may start or is running. */
  private readonly behind = new Map<string, Job[]>();

  /** The number of jobs that may start. */
  get size(): number {
    return this.first.size;
  }

  add(job: Job): void {
    const others = job.subject === undefined ? undefined : this.behind.get(job.subject);
    if (others) {
      others.push(job);
      return;
    }
    if (job.subject !== undefined) this.behind.set(job.subject, []);
    this.first.set(job.number, job);
  }

  /** Takes the oldest of those that may start. Call `finish` once it has finished. */
  takeFirst(): Job | undefined {
    const number = this.first.minKey();
    if (number === undefined) return undefined;
    const job = this.first.get(number);
    this.first.delete(number);
    return job;
  }

  /** The next one about the same subject may start. */
  finish({ subject }: Job): void {
    if (subject === undefined) return;
    const next = this.behind.get(subject)?.shift();
    if (next) this.first.set(next.number, next);
    else this.behind.delete(subject);
  }

  /** @returns false if it is not waiting */
  remove(job: Job): boolean {
    if (this.first.delete(job.number)) {
      this.finish(job);
      return true;
    }
    const others = this.behind.get(job.subject ?? '') ?? [];
    const index = others.indexOf(job);
    if (index >= 0) others.splice(index, 1);
    return index >= 0;
  }

  /** Removes and returns all of them. */
  clear(): Job[] {
    const jobs = [...this.first.values(), ...[...this.behind.values()].flat()];
    this.first.clear();
    this.behind.clear();
    return jobs;
  }
}
