import { useTranslations } from "next-intl";
import type { SignInRefusal } from "@/lib/auth/rules";

/** Why the sign-in was refused, and what to do about it. */
export function RefusalMessage({ refusal, contact }: { refusal: SignInRefusal; contact: string }) {
  const t = useTranslations("auth");
  return (
    <p role="alert" className="mt-6 border-s-4 border-line bg-surface py-3 ps-4 pe-4 leading-7 text-default">
      {t.rich(`refusals.${refusal}`, {
        email: contact,
        contact: (address) => (
          <a href={`mailto:${contact}`} className="underline underline-offset-4">
            {address}
          </a>
        ),
      })}
    </p>
  );
}
