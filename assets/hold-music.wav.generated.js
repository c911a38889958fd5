/** Telephones carry 8 kHz, in one byte per sample: G.711 μ-law. */
const samplesPerSecond = 8000;
const secondsPerNote = 0.5;
const chords = [
  [261.63, 329.63, 392.0, 523.25],
  [220.0, 261.63, 329.63, 440.0],
  [174.61, 220.0, 261.63, 349.23],
  [196.0, 246.94, 293.66, 392.0],
];
/** Each chord is played up and down, and everything twice. */
const notes = [...chords, ...chords].flatMap(([low, second, third, high]) => [
  low,
  second,
  third,
  high,
  third,
  second,
]);

/** A soft tone that dies away, from -1 to 1. */
function tone(frequency, seconds) {
  const attack = Math.min(1, seconds / 0.02);
  const decay = Math.exp(-3 * seconds);
  const wave =
    Math.sin(2 * Math.PI * frequency * seconds) + 0.3 * Math.sin(4 * Math.PI * frequency * seconds);
  return 0.35 * attack * decay * wave;
}

/** Each note rings on while the next one begins. */
function sampleAt(index) {
  const seconds = index / samplesPerSecond;
  const current = Math.floor(seconds / secondsPerNote);
  let sum = 0;
  for (const at of [current - 1, current]) {
    if (at >= 0) sum += tone(notes[at], seconds - at * secondsPerNote);
  }
  return Math.max(-1, Math.min(1, sum));
}

/** ITU-T G.711, from -1…1 to a byte. */
function muLaw(sample) {
  const bias = 0x84;
  const magnitude = Math.min(32635, Math.round(Math.abs(sample) * 32767)) + bias;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | mantissa) & 0xff;
}

/** A WAV file around the samples: format 7 is μ-law, which needs the chunk `fact`. */
function wave(samples) {
  const header = Buffer.alloc(58);
  header.write('RIFF', 0);
  header.writeUInt32LE(50 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(18, 16);
  header.writeUInt16LE(7, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(samplesPerSecond, 24);
  header.writeUInt32LE(samplesPerSecond, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('fact', 38);
  header.writeUInt32LE(4, 42);
  header.writeUInt32LE(samples.length, 46);
  header.write('data', 50);
  header.writeUInt32LE(samples.length, 54);
  return Buffer.concat([header, samples]);
}

/** The music that callers hear while they wait. It is generated, so that nobody's rights are in it. */
module.exports = () => {
  const samples = Buffer.alloc(notes.length * secondsPerNote * samplesPerSecond);
  for (let index = 0; index < samples.length; index += 1) samples[index] = muLaw(sampleAt(index));
  return wave(samples);
};
