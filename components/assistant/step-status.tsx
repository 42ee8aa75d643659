"use client";

import { useEffect, useState } from "react";

/** Says each step to screen readers, without moving the focus. The region is there before what it says, or nothing would be heard. */
export function StepStatus({ children }: { children: string }) {
  const [said, setSaid] = useState("");
  useEffect(() => setSaid(children), [children]);
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
}
