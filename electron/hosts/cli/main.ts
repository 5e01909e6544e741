import { onInterrupt } from "../onInterrupt.ts";
import { nodeHost } from "./nodeHost.ts";
import { terminal } from "./print.ts";
import { runCli } from "./runCli.ts";

const interrupted = new AbortController();
const endListening = onInterrupt(
  () => interrupted.abort(),
  () => process.exit(130),
);
// A reader that has seen enough (`| head -1`) leaves nothing to do but to end in order.
process.stdout.on("error", () => interrupted.abort());
// Without progress lines, as on a terminal that was closed, a command goes on.
process.stderr.on("error", () => undefined);

const io = terminal(interrupted.signal, () => void process.emit("SIGINT"));
process.exitCode = await runCli(process.argv.slice(2), io, nodeHost(io));
endListening();
