"use client";

import { useState } from "react";

/**
 * Where react-aria finds the right to add its own style sheet. The policy in force is the one the document came with:
 * the nonces of later requests, which refresh the layout, must not replace it.
 */
export function CspNonce({ nonce }: { nonce: string | undefined }) {
  const [first] = useState(nonce);
  return <meta name="csp-nonce" nonce={first} suppressHydrationWarning />;
}
