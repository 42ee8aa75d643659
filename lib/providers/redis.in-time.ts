import "server-only";

/** What is asked of Redis on behalf of someone who does not wait for it: fails when it takes longer. */
export function inTime<T>(work: Promise<T>, patienceMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("Redis did not answer in time")), patienceMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
