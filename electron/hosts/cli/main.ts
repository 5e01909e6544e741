import { onInterrupt } from "../onInterrupt.ts";
import { exitCode } from "./exitCodes.ts";
import { createLeaving } from "./leaving.ts";
import { nodeHost } from "./nodeHost.ts";
import { sayLine, terminal } from "./print.ts";
import { runCli } from "./runCli.ts";

const interrupted = new AbortController();
const { again, ...leaving } = createLeaving({
  say: sayLine,
  exit: () => process.exit(130),
  later: (callBack, milliseconds) => void setTimeout(callBack, milliseconds).unref(),
});
const endListening = onInterrupt(() => interrupted.abort(), again);
let isOutputLost = false;
// A reader that has seen enough (`| head -1`) leaves nothing to do but to end in order; a disk that is full is no such.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  interrupted.abort();
  if (error.code === "EPIPE" || isOutputLost) return;
  isOutputLost = true;
  process.exitCode ||= exitCode.refused;
  io.say(`The output could not be written (${error.code ?? error.message}): what was printed is not whole.`);
});
// Without progress lines, as on a terminal that was closed, a command goes on.
process.stderr.on("error", () => undefined);

const io = terminal({
  ...leaving,
  signal: interrupted.signal,
  interrupt: () => void process.emit("SIGINT"),
});
const status = await runCli(process.argv.slice(2), io, nodeHost(io));
process.exitCode = isOutputLost && status === exitCode.done ? exitCode.refused : status;
endListening();
