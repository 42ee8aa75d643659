import { useFormatter } from "next-intl";
import { BannerFrame } from "@/components/temporary/banner-frame";

const END = new Date("2026-07-04T10:00:00Z");
const nothing = () => {};

export function GalleryTemporary() {
  const end = useFormatter().dateTime(END, { dateStyle: "long", timeStyle: "short" });
  return (
    <>
      <BannerFrame end={end} onKeep={nothing} onClose={nothing} />
      <BannerFrame end={end} isGone onKeep={nothing} onClose={nothing} />
    </>
  );
}
