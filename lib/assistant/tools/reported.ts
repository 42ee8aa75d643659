/**
 * What `work` reports while it goes on, then what it gives. When reports come faster than they are taken, the last one counts. Fails as
 * `work` does.
 */
export async function* reported<Report, Result>(
  work: (report: (latest: Report) => void) => Promise<Result>,
): AsyncGenerator<Report, Result> {
  let latest: { report: Report } | null = null;
  let isEnded = false;
  let wake = () => {};
  const end = () => {
    isEnded = true;
    wake();
  };
  const result = work((report) => {
    latest = { report };
    wake();
  });
  result.then(end, end);
  for (;;) {
    const next = latest as { report: Report } | null;
    latest = null;
    if (next) yield next.report;
    else if (isEnded) return await result;
    else {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
}
