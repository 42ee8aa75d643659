import { once } from "node:events";
import { createServer } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { listen } from "@/tests/support/scripted-sites";
import { dialAddresses } from "./open-connection";

async function aServer() {
  const server = await listen(createServer());
  onTestFinished(server.close);
  return server.port;
}

it("dials the addresses it is given, whatever a resolver would say", async () => {
  const socket = dialAddresses(["127.0.0.1"], await aServer());
  await once(socket, "connect");
  expect(socket.remoteAddress).toBe("127.0.0.1");
  socket.destroy();
});

it("goes on with the next address when one does not answer", async () => {
  const socket = dialAddresses(["127.0.0.2", "::1", "127.0.0.1"], await aServer());
  await once(socket, "connect");
  expect(socket.remoteAddress).toBe("127.0.0.1");
  socket.destroy();
});

it("dials nothing else: no address, no connection", async () => {
  for (const addresses of [[], ["127.0.0.2"]]) {
    const socket = dialAddresses(addresses, await aServer());
    await expect(once(socket, "connect")).rejects.toThrow();
  }
});
