import { serveAuth, serveAuthPage } from "@/lib/auth/next-auth";
import { route } from "@/lib/http/route";

type Context = { params: Promise<{ nextauth: string[] }> };

export const GET = async (request: Request, { params }: Context) => serveAuthPage(request, (await params).nextauth);

export const POST = route("sign_in", async (request: Request, { params }: Context) =>
  serveAuth(request, (await params).nextauth),
);
