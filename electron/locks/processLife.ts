/** A number of this process's life, so that a later process with the same id is not taken for it. */
export const ourLife = Math.round(performance.timeOrigin);

/** Whether the process of that id and life is known to run no more. Of other processes only the id can be asked. */
export function isGone(pid: number, life: number): boolean {
  if (pid === process.pid) return life !== ourLife;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}
