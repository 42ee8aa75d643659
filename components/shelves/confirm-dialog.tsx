import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";

type ConfirmDialogProps = { title: string; text: string; go: string; onGo: () => void; onClose: () => void };

/** Asked before what nobody can undo. */
export function ConfirmDialog({ title, text, go, onGo, onClose }: ConfirmDialogProps) {
  return (
    <Dialog isOpen role="alertdialog" title={title} onClose={onClose}>
      <p className="mb-6 wrap-anywhere">{text}</p>
      <DialogActions go={go} tone="danger" onGo={onGo} onCancel={onClose} isCautious />
    </Dialog>
  );
}
