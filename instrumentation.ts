/** Called by Next once in each server process, before it serves. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { endWithLauncher } = await import("./lib/process/end-with-launcher");
    const { stopOnSignal } = await import("./lib/process/stop-on-signal");
    const { startSweeps } = await import("./lib/sweeps");
    const { startTransfers } = await import("./lib/export/start-transfers");
    const { startReadingFiles } = await import("./lib/documents/read-files");
    const { holdPlace, openDatabase } = await import("./db/client");
    const { closeStreamBus, openStreamBus } = await import("./lib/providers/stream-bus");

    endWithLauncher(Number(process.env.LAUNCHER_PID));
    try {
      // At once and not at the first request: the embedded folder is ours from now on, and the first reader does not wait.
      const { close } = await openDatabase();
      const leavePlace = await holdPlace(() => {
        console.error(
          "Un autre processus a pris cette base pendant une coupure : celui-ci finit ses réponses et s’arrête.",
        );
        process.kill(process.pid, "SIGTERM");
      });
      await openStreamBus();
      const stopSweeps = await startSweeps();
      const stopReadingFiles = await startReadingFiles();
      await startTransfers();
      stopOnSignal(async () => {
        stopSweeps();
        await stopReadingFiles();
        await closeStreamBus();
        await close();
        await leavePlace();
      });
    } catch (error) {
      // Next would go on and answer 500 to everyone.
      const reason = error instanceof Error ? error.message : String(error);
      const isWhole = error instanceof Error && error.name === "DatabaseInUseError";
      console.error(isWhole ? reason : `La base de données ne s’ouvre pas : ${reason}`);
      process.exit(1);
    }
  }
}
