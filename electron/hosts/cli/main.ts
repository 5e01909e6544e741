import { nodeHost } from "./nodeHost.ts";
import { terminal } from "./print.ts";
import { runCli } from "./runCli.ts";

const interrupted = new AbortController();
const interrupt = (): void => {
  if (interrupted.signal.aborted) process.exit(130);
  interrupted.abort();
};
process.on("SIGINT", interrupt);
process.on("SIGTERM", interrupt);

const io = terminal(interrupted.signal);
process.exitCode = await runCli(process.argv.slice(2), io, nodeHost(io));
process.off("SIGINT", interrupt);
process.off("SIGTERM", interrupt);
