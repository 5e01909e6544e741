import type { Misbehave } from "./front.ts";

/** Answers every request with this text and closes; `\n` is written as CR LF. */
export const answering =
  (head: string, body = ""): Misbehave =>
  (socket) => {
    socket.on("data", () => socket.end(`${head.replaceAll("\n", "\r\n")}\r\n\r\n${body}`));
  };

/** A refusal with these schemes, as an endpoint that offers no other. */
export const offering = (...schemes: readonly string[]): Misbehave => {
  const lines = schemes.map((scheme) => `\nWWW-Authenticate: ${scheme}`).join("");
  return (socket) => {
    socket.on("data", () =>
      socket.write(`HTTP/1.1 401 Unauthorized${lines}\nContent-Length: 0\n\n`.replaceAll("\n", "\r\n")),
    );
  };
};

/** Closes as soon as something is asked. */
export const closing: Misbehave = (socket) => {
  socket.once("data", () => socket.destroy());
};

/** Closes before anything was asked. */
export const hangingUp: Misbehave = (socket) => void socket.end();

/** Speaks first, in another protocol. */
export const greeting: Misbehave = (socket) => void socket.end("SSH-2.0-OpenSSH_9.2p1\r\n");

/** Writes the head and then pieces until the client closes or `total` bytes are out; tells how many were taken. */
export const flooding =
  (head: string, piece: Uint8Array, total: number, onTaken: (bytes: number) => void): Misbehave =>
  (socket) => {
    socket.once("data", () => {
      let written = 0;
      socket.write(`${head.replaceAll("\n", "\r\n")}\r\n\r\n`);
      const goOn = (): void => {
        while (!socket.destroyed && written < total) {
          written += piece.length;
          onTaken(piece.length);
          if (!socket.write(piece)) return;
        }
        socket.end();
      };
      socket.on("drain", goOn);
      goOn();
    });
  };
