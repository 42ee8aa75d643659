import { useTranslations } from "next-intl";
import type { Receipt } from "@/lib/account/schema";

type ReceiptFactsProps = { receipt: Receipt; dateOf: (moment: Date) => string };

/** What a receipt says, line by line. */
export function ReceiptFacts({ receipt, dateOf }: ReceiptFactsProps) {
  const t = useTranslations("receipt");
  const facts = [
    [t("number"), receipt.number],
    [t("requestedAt"), dateOf(receipt.requestedAt)],
    ...(receipt.finishedAt ? [[t("finishedAt"), dateOf(receipt.finishedAt)] as const] : []),
    ...(["conversations", "messages", "documents", "files"] as const).map(
      (name) => [t(name), receipt[name].toLocaleString("fr")] as const,
    ),
  ] as const;
  return (
    <dl className="mt-6 divide-y divide-line rounded-card border border-line bg-page px-5 py-2">
      {facts.map(([label, value]) => (
        <div key={label} className="grid gap-x-6 py-2.5 sm:grid-cols-[15rem_1fr]">
          <dt className="text-muted">{label}</dt>
          <dd className="wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
