import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** Bytes to respond with, or what to do with the connection. */
export type RawResponse = string | Buffer | ((socket: Socket) => void);

/** A receiver that need not speak HTTP: it responds with bytes, on connecting or once a request has arrived. */
export class RawReceiver {
  /** The number of connections so far. */
  connections = 0;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  private constructor(answer: RawResponse, when: 'connected' | 'requested') {
    this.server = createServer((socket) => {
      this.connections++;
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('error', () => undefined);
      const respond = () => (typeof answer === 'function' ? answer(socket) : socket.write(answer));
      if (when === 'connected') respond();
      else socket.once('data', respond);
      socket.resume();
    });
  }

  static async open(
    answer: RawResponse,
    when: 'connected' | 'requested' = 'requested',
  ): Promise<RawReceiver> {
    const receiver = new RawReceiver(answer, when);
    await new Promise<void>((listening) => receiver.server.listen(0, '127.0.0.1', listening));
    return receiver;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((closed) => this.server.close(closed));
  }
}
