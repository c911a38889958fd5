import { MemoryStore } from '../../src/taskrouter/store/memory';
import { behavesAsStore } from './behaviour';

describe('the memory store', () => {
  behavesAsStore({ create: () => new MemoryStore(), reopen: async (store) => store });
});
