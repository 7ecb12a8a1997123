import { mediaType } from '../files/media-type.ts';

/** A file as an address that holds it. */
export function toDataUrl(name: string, content: string | Uint8Array): string {
  return `data:${mediaType(name)};base64,${Buffer.from(content).toString('base64')}`;
}
