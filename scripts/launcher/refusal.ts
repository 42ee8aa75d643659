/** Why the application will not start, in one French sentence for whoever launches it. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

/** Runs a command; a failure becomes its sentence on stderr and exit code 1. */
export async function runOrRefuse(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    if (error instanceof Refusal) console.error(error.message);
    else console.error(`Le démarrage a échoué : ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}
