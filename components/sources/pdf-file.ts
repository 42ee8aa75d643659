import type { PDFDocumentLoadingTask, PDFDocumentProxy, PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";

type OpenFile = { documentId: string; document: Promise<PDFDocumentProxy>; close: () => void };

/** One at a time: a document may weigh what a phone can bear. */
let openFile: OpenFile | null = null;

/** A page of a document, from 1, to be drawn. Fails when the file is locked, damaged or cannot be fetched. */
export async function openPdfPage(documentId: string, number: number): Promise<PDFPageProxy> {
  if (openFile?.documentId !== documentId) {
    closePdf();
    openFile = open(documentId);
  }
  return (await openFile.document).getPage(number);
}

export function closePdf(): void {
  openFile?.close();
  openFile = null;
}

function open(documentId: string): OpenFile {
  const leave = new AbortController();
  let task: PDFDocumentLoadingTask | null = null;
  const load = async () => {
    const [pdfjs, response] = await Promise.all([
      import("pdfjs-dist/legacy/build/pdf.mjs"),
      fetch(`/api/documents/${documentId}/original`, { signal: leave.signal, cache: "no-store" }),
    ]);
    if (!response.ok) throw new Error("the file was not given");
    const data = new Uint8Array(await response.arrayBuffer());
    // What `scripts/launcher/viewer-files.ts` copies.
    const files = `/pdfjs/${pdfjs.version}`;
    pdfjs.GlobalWorkerOptions.workerSrc = `${files}/pdf.worker.min.mjs`;
    leave.signal.throwIfAborted();
    task = pdfjs.getDocument({
      data,
      cMapUrl: `${files}/cmaps/`,
      standardFontDataUrl: `${files}/standard_fonts/`,
      wasmUrl: `${files}/wasm/`,
      iccUrl: `${files}/iccs/`,
      useWorkerFetch: true,
      // Nothing of the document is executed. Its scripts are only run by the viewer of pdf.js, which is not here.
      isEvalSupported: false,
      enableXfa: false,
      verbosity: 0,
    });
    return task.promise;
  };
  const document = load();
  // Told to whoever draws; and tried anew the next time.
  document.catch(() => {
    if (openFile?.document === document) openFile = null;
  });
  return {
    documentId,
    document,
    close: () => {
      leave.abort();
      void task?.destroy();
    },
  };
}
