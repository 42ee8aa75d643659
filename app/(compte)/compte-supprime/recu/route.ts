import { getFormatter, getTranslations } from "next-intl/server";
import { findReceipt } from "@/lib/account/queries";
import { receiptNumber } from "@/lib/account/schema";
import { route } from "@/lib/http/route";

/** The receipt of a deleted account, as a text to keep. Open to whoever has its number, which is all it says. */
export const GET = route("account.receipt", async (request) => {
  const number = receiptNumber.safeParse(new URL(request.url).searchParams.get("recu")).data;
  const receipt = number ? await findReceipt(number) : null;
  if (!receipt) return new Response(null, { status: 404 });
  const [t, layout, format] = await Promise.all([
    getTranslations("receipt"),
    getTranslations("layout"),
    getFormatter(),
  ]);
  const dateOf = (moment: Date) => format.dateTime(moment, { dateStyle: "long", timeStyle: "short" });
  const counts = (["conversations", "messages", "documents", "files"] as const).map((name) => [t(name), receipt[name]]);
  const lines = [
    [t("number"), receipt.number],
    [t("requestedAt"), dateOf(receipt.requestedAt)],
    [t("finishedAt"), receipt.finishedAt ? dateOf(receipt.finishedAt) : t("pending")],
    ...counts,
  ].map(([label, value]) => `${label} : ${value}`);
  // The mark tells Windows that this is UTF-8.
  const text = `\uFEFF${[t("product", { product: layout("product") }), "", ...lines, ""].join("\r\n")}`;
  return new Response(text, {
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "content-disposition": `attachment; filename="${t("fileName")}"`,
      "cache-control": "no-store",
    },
  });
});
