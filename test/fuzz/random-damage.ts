import type { Random } from '../simulation/random';

/** A change that makes most requests invalid HTTP. The same one whenever it is applied. */
export function randomDamage(random: Random): (bytes: Buffer) => Buffer {
  const kind = random.weighted({ cut: 3, replace: 3, insert: 3, remove: 2, repeat: 1, bareLines: 1 });
  const share = random.integer(0, 1_000_000) / 1_000_000;
  const byte = random.integer(0, 255);
  const size = random.of([1, 1, 2, 10, 100]);
  const at = (bytes: Buffer) => Math.floor(share * bytes.length);
  const damages: Record<typeof kind, (bytes: Buffer) => (Buffer | string)[]> = {
    cut: (bytes) => [bytes.subarray(0, at(bytes))],
    replace: (bytes) => [
      bytes.subarray(0, at(bytes)),
      Buffer.alloc(size, byte),
      bytes.subarray(at(bytes) + size),
    ],
    insert: (bytes) => [bytes.subarray(0, at(bytes)), Buffer.alloc(size, byte), bytes.subarray(at(bytes))],
    remove: (bytes) => [bytes.subarray(0, at(bytes)), bytes.subarray(at(bytes) + size)],
    repeat: (bytes) => [bytes, bytes.subarray(at(bytes))],
    bareLines: (bytes) => [bytes.toString('latin1').replaceAll('\r\n', '\n')],
  };
  return (bytes) =>
    Buffer.concat(
      damages[kind](bytes).map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
    );
}
