/** Of what a conversation can be dropped on: an outline while one is dragged, a full one under it. */
export const dropClass =
  "rounded-control in-data-dragging:outline-2 in-data-dragging:-outline-offset-2 in-data-dragging:outline-dashed " +
  "in-data-dragging:outline-line-strong data-over:bg-action-soft data-over:outline-action! data-over:outline-solid!";
