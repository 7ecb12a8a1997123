/** What a page tells the script that starts it. */
export interface BootOrder {
  /** The program's entry; absent where another script of the page is the program. */
  module?: string;
  /** A published page: with what it needs from a disk, where a browser loads no modules. */
  published?: { whole: string; lazyStyles: string[]; preload: string[] };
}
