const TARGETS = "[data-drop-project]";

/** Where a conversation is put: null for no project. */
type Target = { id: string; title: string } | null;

/** Until the end of a drag, shows where the conversation can be dropped, and tells where it was. */
export function followDrag(onDrop: (target: Target) => void): void {
  let over: HTMLElement | null = null;
  const root = document.documentElement;

  const targetOf = (event: DragEvent): HTMLElement | null =>
    event.target instanceof Element ? event.target.closest<HTMLElement>(TARGETS) : null;
  const show = (next: HTMLElement | null): void => {
    if (over === next) return;
    over?.removeAttribute("data-over");
    next?.setAttribute("data-over", "");
    over = next;
  };
  const onDragOver = (event: DragEvent): void => {
    const target = targetOf(event);
    show(target);
    if (target) event.preventDefault();
  };
  function drop(event: DragEvent): void {
    const target = targetOf(event);
    if (!target) return;
    event.preventDefault();
    const { dropProject: id = "", dropTitle: title = "" } = target.dataset;
    end();
    onDrop(id === "" ? null : { id, title });
  }
  function end(): void {
    show(null);
    root.removeAttribute("data-dragging");
    document.removeEventListener("dragover", onDragOver);
    document.removeEventListener("drop", drop);
    document.removeEventListener("dragend", end);
    document.removeEventListener("pointerdown", end);
  }
  root.setAttribute("data-dragging", "");
  document.addEventListener("dragover", onDragOver);
  document.addEventListener("drop", drop);
  document.addEventListener("dragend", end);
  // What was dragged may have left the page, and the end of the drag with it.
  document.addEventListener("pointerdown", end);
}
