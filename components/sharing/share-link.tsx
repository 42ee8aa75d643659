import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { copy } from "@/components/ui/clipboard";
import { TextField } from "@/components/ui/text-field";

/** The address to give, selected, with a button that copies it. */
export function ShareLink({ address, onDone }: { address: string; onDone: () => void }) {
  const t = useTranslations("sharing");
  const frame = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState("");
  useEffect(() => frame.current?.querySelector("input")?.focus(), []);
  const take = async () => {
    setSaid("");
    const isDone = await copy({ text: address }).then(
      () => true,
      () => false, // the field is there to be copied from
    );
    setSaid(t(isDone ? "copied" : "copyFailed"));
  };
  return (
    <div ref={frame} className="flex flex-col gap-4">
      <TextField label={t("link")} value={address} readOnly onFocus={(event) => event.target.select()} />
      <p className="text-sm text-muted">{t("revocable")}</p>
      <p role="status" className="text-sm empty:hidden">
        {said}
      </p>
      <div className="flex flex-wrap justify-end gap-3">
        <Button onClick={onDone}>{t("done")}</Button>
        <Button variant="primary" onClick={() => void take()}>
          {t("copy")}
        </Button>
      </div>
    </div>
  );
}
