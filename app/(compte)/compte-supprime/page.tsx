import { getFormatter, getTranslations } from "next-intl/server";
import { ReceiptFacts } from "@/components/account/receipt-facts";
import { ReceiptWatch } from "@/components/account/receipt-watch";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink, buttonClass } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { findReceipt } from "@/lib/account/queries";
import { RECEIPT_DAYS, receiptFilePath } from "@/lib/account/rules";
import { receiptNumber } from "@/lib/account/schema";

type Props = { searchParams: Promise<{ recu?: string | string[] }> };

export default async function Page({ searchParams }: Props) {
  const number = receiptNumber.safeParse((await searchParams).recu).data;
  const [t, format, receipt] = await Promise.all([
    getTranslations("receipt"),
    getFormatter(),
    number ? findReceipt(number) : null,
  ]);
  if (!receipt) {
    return (
      <div className="mx-auto w-full max-w-3xl px-4 py-10">
        <PageTitle>{t("missingTitle")}</PageTitle>
        <h1 className="text-3xl font-bold tracking-tight">{t("missingTitle")}</h1>
        <p className="mt-4">{t("missing")}</p>
        <ButtonLink href="/accueil" className="mt-6">
          {t("home")}
        </ButtonLink>
      </div>
    );
  }
  const isDone = receipt.finishedAt !== null;
  const title = isDone ? t("title") : t("pending");
  return (
    <div className="mx-auto w-full max-w-3xl px-4 py-10">
      <PageTitle>{title}</PageTitle>
      <h1 className="text-3xl font-bold tracking-tight">{title}</h1>
      <div className="mt-6">
        <Notice tone={isDone ? "success" : "info"} role="status">
          {isDone ? t("done", { days: RECEIPT_DAYS }) : t("going")}
        </Notice>
      </div>
      <ReceiptFacts
        receipt={receipt}
        dateOf={(moment) => format.dateTime(moment, { dateStyle: "long", timeStyle: "short" })}
      />
      <p className="mt-4 text-muted">{t("proconnect")}</p>
      <div className="mt-6 flex flex-wrap gap-3">
        {isDone && (
          <a
            href={receiptFilePath(receipt.number)}
            download={t("fileName")}
            className={buttonClass({ variant: "primary" })}
          >
            {t("download")}
          </a>
        )}
        <ButtonLink href="/accueil">{t("home")}</ButtonLink>
      </div>
      {!isDone && <ReceiptWatch />}
    </div>
  );
}
