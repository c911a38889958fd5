/** Numbers for texts that many facts share, so that a column of numbers can hold them. */
export class SharedTexts {
  private readonly texts: (string | undefined)[] = [undefined];
  private readonly numbers = new Map<string | undefined, number>([[undefined, 0]]);

  numberOf(text: string | undefined): number {
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.texts.push(text) - 1;
      this.numbers.set(text, number);
    }
    return number;
  }

  textOf(number: number | undefined): string | undefined {
    return this.texts[number ?? 0];
  }
}
