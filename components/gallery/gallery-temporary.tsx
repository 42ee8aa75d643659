import { BannerFrame } from "@/components/temporary/banner-frame";

const END = new Date("2026-07-04T10:00:00Z");
const nothing = () => {};

export function GalleryTemporary() {
  return (
    <>
      <BannerFrame endsAt={END} onKeep={nothing} onClose={nothing} />
      <BannerFrame endsAt={END} isGone onKeep={nothing} onClose={nothing} />
    </>
  );
}
