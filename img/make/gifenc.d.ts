// gifenc 1.0.3 ships no types: these are the parts used here.
declare module 'gifenc' {
  export type Rgb = [number, number, number];
  export interface FrameOptions {
    palette?: Rgb[];
    delay?: number;
    repeat?: number;
    transparent?: boolean;
    transparentIndex?: number;
    dispose?: number;
  }
  export interface Encoder {
    writeFrame(pixels: Uint8Array, width: number, height: number, options: FrameOptions): void;
    finish(): void;
    bytes(): Uint8Array;
  }
  interface Gifenc {
    GIFEncoder(): Encoder;
    quantize(rgba: Uint8Array, maxColors: number, options?: { format?: 'rgb565' | 'rgb444' }): Rgb[];
  }
  // The package is CommonJS: Node hands its exports over as one object.
  const gifenc: Gifenc;
  export default gifenc;
}
