/** Reads a project's files; absolute paths with `/`. */
export interface ProjectFiles {
  /** Undefined when it isn't there, or may not be read. */
  read(path: string): Promise<string | undefined>;
  /** Whether anything has that name, readable or not. */
  exists(path: string): Promise<boolean>;
  /** Whether it is a file, and inside the project. */
  isFile(path: string): Promise<boolean>;
  /** How a file is named in messages. */
  show(path: string): string;
}
