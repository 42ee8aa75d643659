import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { SignInRefusal } from "@/lib/auth/rules";

/** Why the sign-in was refused, and what to do about it. */
export function RefusalMessage({ refusal, contact }: { refusal: SignInRefusal; contact: string }) {
  const t = useTranslations("auth");
  return (
    <div className="mt-6">
      <Notice tone="warning" role="alert">
        {t.rich(`refusals.${refusal}`, {
          email: contact,
          contact: (address) => (
            <a href={`mailto:${contact}`} className="underline underline-offset-4">
              {address}
            </a>
          ),
        })}
      </Notice>
    </div>
  );
}
