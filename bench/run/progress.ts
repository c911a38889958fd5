/** What a person who waits sees: one line that is written over on a terminal, else a line per measure. */
export class Progress {
  private index = 0;
  private measure = '';

  constructor(
    private readonly stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>,
    private readonly count: number,
  ) {}

  begin(measure: string): void {
    this.index += 1;
    this.measure = `${this.index}/${this.count} ${measure}`;
    if (this.stream.isTTY) this.say('');
    else this.stream.write(`${this.measure}\n`);
  }

  say(text: string): void {
    if (!this.stream.isTTY) return;
    const line = text === '' ? this.measure : `${this.measure}: ${text}`;
    this.stream.write(`\r\x1b[K${line.slice(0, this.stream.columns - 1)}`);
  }

  end(): void {
    if (this.stream.isTTY) this.stream.write('\r\x1b[K');
  }
}
