import { onInterrupt } from "../onInterrupt.ts";
import { nodeHost } from "./nodeHost.ts";
import { terminal } from "./print.ts";
import { runCli } from "./runCli.ts";

const interrupted = new AbortController();
const endListening = onInterrupt(
  () => interrupted.abort(),
  () => process.exit(130),
);
// A reader that has seen enough, or a terminal that was closed: the command still ends in order.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

const io = terminal(interrupted.signal);
process.exitCode = await runCli(process.argv.slice(2), io, nodeHost(io));
endListening();
