// /api/kernelspecs: the kernels that can be started; /kernelspecs: their logos.

import { join } from "@std/path";
import { Hono } from "hono";
import { KERNEL_NAME, type KernelSpec } from "../../spec.ts";
import { mimeTypeOf } from "../contents/model.ts";
import { RequestError } from "../errors.ts";
import { findKernels, kernelResources, type KnownKernel } from "../kernels/kernelspecs.ts";

interface KernelSpecModel {
  name: string;
  spec: KernelSpec;
  resources: Record<string, string>;
}

/** The routes of kernelspecs. */
export function kernelspecRoutes(): Hono {
  const app = new Hono();
  app.get("/api/kernelspecs", async (c) => {
    const models = await Promise.all([...(await findKernels()).values()].map(toModel));
    return c.json({
      default: KERNEL_NAME,
      kernelspecs: Object.fromEntries(models.map((model) => [model.name, model])),
    });
  });
  app.get(
    "/api/kernelspecs/:name",
    async (c) => c.json(await toModel(await find(c.req.param("name")))),
  );
  app.get("/kernelspecs/:name/:file", async (c) => {
    const kernel = await find(c.req.param("name"));
    const file = c.req.param("file");
    const known = [...(await kernelResources(kernel)).values()];
    if (kernel.folder === undefined || !known.includes(file)) {
      throw new RequestError(404, `The kernel has no ${file}.`);
    }
    const bytes = await Deno.readFile(join(kernel.folder, file));
    return c.body(bytes, 200, { "Content-Type": mimeTypeOf(file) ?? "application/octet-stream" });
  });
  return app;
}

async function find(name: string): Promise<KnownKernel> {
  const kernel = (await findKernels()).get(name.toLowerCase());
  if (kernel === undefined) throw new RequestError(404, `Kernel spec ${name} not found`);
  return kernel;
}

async function toModel(kernel: KnownKernel): Promise<KernelSpecModel> {
  const { name, spec } = kernel;
  const resources = [...await kernelResources(kernel)].map(([resource, file]) =>
    [resource, `/kernelspecs/${encodeURIComponent(name)}/${encodeURIComponent(file)}`] as const
  );
  return { name, spec, resources: Object.fromEntries(resources) };
}
