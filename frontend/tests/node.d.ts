/** What tests use of Node; the product uses nothing of it, so its types are not installed. */

declare module "node:fs" {
  export function readFileSync(path: string): Uint8Array<ArrayBuffer>;
  export function readFileSync(path: string, encoding: "utf8"): string;
  export function readdirSync(path: string): string[];
}

declare module "node:zlib" {
  export function crc32(data: Uint8Array, value?: number): number;
}
