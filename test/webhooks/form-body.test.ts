import fc from 'fast-check';
import { formBody } from '../../src/taskrouter/webhooks/form-body';

const texts = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', 'a b', '~*!()', 'é&=+%'),
);

it('writes parameters as URLSearchParams does', () => {
  fc.assert(
    fc.property(fc.dictionary(texts, texts), (parameters) => {
      expect(formBody(parameters)).toBe(new URLSearchParams(parameters).toString());
    }),
  );
});
