import {
  exchange,
  head,
  jsonOf,
  RawConnection,
  type RawServer,
  startRawHost,
  startRawTaskRouter,
  statusOf,
} from '../support/raw-http';

describe.each([
  ['the Functions host', startRawHost],
  ['TaskRouter', startRawTaskRouter],
])('%s', (_name, start) => {
  let server: RawServer;
  afterEach(() => server.close());

  const expectRefusal = (response: string, status: number) => {
    expect(statusOf(response)).toBe(status);
    expect(response).toMatch(/\r\ncontent-type: application\/json/i);
    expect(response).toMatch(/\r\nconnection: close\r\n/i);
    expect(jsonOf(response)).toMatchObject({ code: server.codeOf(status), message: expect.any(String) });
  };

  it('refuses a body that is too large before it is sent', async () => {
    server = await start();
    const connection = await RawConnection.open(server.port);
    connection.write(head(`Content-Length: ${server.maxBodyBytes + 1}`));
    expectRefusal(await connection.received(/\}/), 413);
    connection.socket.end();
    await connection.closed;
  });

  it('does not invite a body that is too large', async () => {
    server = await start();
    const connection = await RawConnection.open(server.port);
    connection.write(head(`Content-Length: ${server.maxBodyBytes + 1}`, 'Expect: 100-continue'));
    expectRefusal(await connection.received(/\}/), 413);
    connection.socket.end();
    await connection.closed;
  });

  it('invites a body that is not', async () => {
    server = await start();
    const connection = await RawConnection.open(server.port);
    connection.write(head('Content-Length: 1', 'Expect: 100-continue', 'Connection: close'));
    await connection.received(/100 Continue\r\n\r\n/);
    connection.write('a');
    expect(await connection.closed).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 [45]0\d /);
  });

  it('cuts a body without a length at the limit, and its client sees the response', async () => {
    server = await start();
    const connection = await RawConnection.open(server.port);
    connection.write(head('Transfer-Encoding: chunked'));
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    for (let sent = 0; sent <= server.maxBodyBytes; sent += 65_536) connection.write(chunk);
    expectRefusal(await connection.received(/\}/), 413);
    // The rest is thrown away, so that the client can finish.
    connection.write(`${chunk}0\r\n\r\n`);
    expectRefusal(await connection.closed, 413);
  });

  it('lets a client that sends all of a body that is too large see the response', async () => {
    server = await start();
    const connection = await RawConnection.open(server.port);
    const length = 4 * server.maxBodyBytes;
    connection.write(head(`Content-Length: ${length}`));
    connection.write('x'.repeat(length));
    expectRefusal(await connection.closed, 413);
  });

  it.each([
    ['headers', 'POST /v1/Workspaces HTTP/1.1\r\nHost: 127.0.0.1\r\n'],
    ['anything', ''],
    ['a body', `${head('Content-Length: 100')}a=1`],
    ['chunks', `${head('Transfer-Encoding: chunked')}1\r\na\r\n`],
  ])('cuts off a client that takes too long to send %s', async (_what, text) => {
    server = await start(80);
    expectRefusal(await exchange(server.port, text), 408);
  });

  it('does not count the time that a request takes once it has arrived, and keeps its connection', async () => {
    // Longer than a busy machine takes to send the first one.
    server = await start(5000);
    const connection = await RawConnection.open(server.port);
    connection.write(head('Content-Length: 0'));
    const first = await connection.received(/\}/);
    connection.write(head('Content-Length: 0', 'Connection: close'));
    const both = await connection.closed;
    expect(both.slice(first.length)).toMatch(/^HTTP\/1\.1 [45]0\d /);
  });

  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['a header without a colon', 'GET / HTTP/1.1\r\nHost 127.0.0.1\r\n\r\n'],
    ['a length that is not a number', head('Content-Length: abc')],
    ['two lengths', head('Content-Length: 1', 'Content-Length: 2')],
    ['a length and chunks', head('Content-Length: 1', 'Transfer-Encoding: chunked')],
    ['an encoding of the transfer that is not chunked', head('Transfer-Encoding: gzip')],
    ['a chunk without a length', `${head('Transfer-Encoding: chunked')}xyz\r\n`],
    ['a NUL in the path', 'GET /\0 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'],
    ['a space in the path', 'GET /a b HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'],
    ['a method that HTTP does not have', 'BREW / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'],
    ['a line break in a header', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\nX: a\rb\r\n\r\n'],
  ])('refuses %s in its own format', async (_what, text) => {
    server = await start();
    expectRefusal(await exchange(server.port, text), 400);
  });

  it('refuses a request without a Host in its own format', async () => {
    server = await start();
    const response = await exchange(server.port, 'GET /v1/Workspaces HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect([403, 421]).toContain(statusOf(response));
    expect(jsonOf(response)).toMatchObject({ message: expect.stringContaining('Host') });
  });

  it('responds to a request that expects what it does not know', async () => {
    server = await start();
    const known = await exchange(server.port, head('Content-Length: 0', 'Connection: close'));
    const text = head('Content-Length: 0', 'Expect: 200-ok', 'Connection: close');
    const response = await exchange(server.port, text);
    expect(statusOf(response)).toBe(statusOf(known));
    expect(jsonOf(response)).toEqual(jsonOf(known));
  });

  it('responds to a request before it refuses what follows on the connection', async () => {
    server = await start();
    const known = await exchange(server.port, head('Content-Length: 0', 'Connection: close'));
    const both = await exchange(server.port, `${head('Content-Length: 0')}FriendlyName=A\r\n\r\n`);
    expect(statusOf(both)).toBe(statusOf(known));
    expectRefusal(both.slice(both.lastIndexOf('HTTP/1.1 ')), 400);
  });

  it('refuses to be a proxy', async () => {
    server = await start();
    const text = 'CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1:22\r\n\r\n';
    expectRefusal(await exchange(server.port, text), 405);
  });

  it('refuses headers and URLs that are too large', async () => {
    server = await start();
    expectRefusal(await exchange(server.port, head(`X-Large: ${'x'.repeat(20_000)}`)), 431);
    const url = `/${'x'.repeat(20_000)}`;
    expectRefusal(await exchange(server.port, `GET ${url} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`), 431);
  });
});
