import "server-only";

const EVERY_MS = 500;

/**
 * Ends this process when its launcher is gone without a word (SIGKILL): the stand-ins died with it, and the embedded
 * database's folder must be free for the next start. Does nothing for a process that has no launcher.
 */
export function endWithLauncher(launcherPid: number): void {
  if (!Number.isInteger(launcherPid) || launcherPid <= 0) return;
  setInterval(() => {
    if (!isAlive(launcherPid)) process.exit(1);
  }, EVERY_MS).unref();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // asking is the only way to know
  }
}
