import { createHash } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** What the one file holds that the small registry offers; it is no package. */
const bytes = "this is no package";
const file = "peer_thing-1.0-py3-none-any.whl";

export const hashOfFile = createHash("sha256").update(bytes).digest("hex");

/** How it answers: a status for its pages, and one for its file; null breaks the connection off. */
export type Answers = { readonly page: number; readonly file: number | null };

export type SmallRegistry = AsyncDisposable & { readonly port: number };

/** A registry of Python packages with one file in it, which is also a proxy that lets nobody through. */
export async function smallRegistry({ page, file: forFile }: Answers): Promise<SmallRegistry> {
  const answer: RequestListener = (request, response) => {
    const isPage = request.url?.startsWith("/simple/") ?? false;
    const status = isPage ? page : forFile;
    if (status === null) return void request.socket.destroy();
    response.writeHead(status, { "content-type": isPage ? "text/html" : "application/octet-stream" });
    response.end(isPage ? `<a href="/${file}">${file}</a>` : bytes);
  };
  const server = createServer(answer);
  server.on("connect", (_, socket) => void socket.end("HTTP/1.1 403 Forbidden\r\n\r\n"));
  const listening = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", listening.resolve);
  await listening.promise;
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
}
