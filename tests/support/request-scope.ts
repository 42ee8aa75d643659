import { workAsyncStorage } from "next/dist/server/app-render/work-async-storage.external";
import { workUnitAsyncStorage } from "next/dist/server/app-render/work-unit-async-storage.external";
import { createRequestStoreForAPI } from "next/dist/server/async-storage/request-store";
import { NextRequest } from "next/server";

type WorkStore = Parameters<typeof workAsyncStorage.run>[0];

/** Runs `work` as Next runs a handler for `request`: `cookies()` and `headers()` of next/headers read it, `revalidatePath` is accepted. */
export function inRequest<T>(incoming: Request, work: (request: NextRequest) => T): T {
  const request = incoming instanceof NextRequest ? incoming : new NextRequest(incoming);
  const noTags: Parameters<typeof createRequestStoreForAPI>[2] = { tags: [], expirationsByCacheKind: new Map() };
  const requestStore = createRequestStoreForAPI(request, request.nextUrl, noTags, undefined, undefined, undefined);
  const route = request.nextUrl.pathname;
  return workAsyncStorage.run({ route, page: route, incrementalCache: {} } as WorkStore, () =>
    workUnitAsyncStorage.run(requestStore, () => work(request)),
  );
}
