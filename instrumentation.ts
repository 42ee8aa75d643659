/** Called by Next once in each server process, before it serves. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { endWithLauncher } = await import("./lib/process/end-with-launcher");
    const { stopOnSignal } = await import("./lib/process/stop-on-signal");
    const { startSweeps } = await import("./lib/sweeps");
    const { openDatabase } = await import("./db/client");

    endWithLauncher(Number(process.env.LAUNCHER_PID));
    try {
      // At once and not at the first request: the embedded folder is ours from now on, and the first reader does not wait.
      const { close } = await openDatabase();
      const stopSweeps = await startSweeps();
      stopOnSignal(async () => {
        stopSweeps();
        await close();
      });
    } catch (error) {
      // Next would go on and answer 500 to everyone.
      console.error(`La base de données ne s’ouvre pas : ${error instanceof Error ? error.message : String(error)}`);
      process.exit(1);
    }
  }
}
