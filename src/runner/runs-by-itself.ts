/** Folders and files whose commands git, an editor or a shell runs when somebody merely enters the folder. */
const RUN_BY_THEMSELVES = new Set(
  (
    '.git .hg .svn .bzr .jj .vscode .vscode-server .idea .vs .fleet .zed .devcontainer .githooks .husky .lefthook ' +
    '.envrc .direnv .mise.toml .tool-versions .autoenv .nvim.lua .nvimrc .exrc .vimrc .lvimrc .dir-locals.el .emacs.d ' +
    '.claude .cursor .mcp.json .npmrc .yarnrc .yarnrc.yml .pnpmfile.cjs .gdbinit .lldbinit .sublime-project'
  ).split(' '),
);

/**
 * Whether a part of a path is one that tools act on by themselves (hooks, editor tasks, shell settings): no talk needs it, so
 * a pack neither takes it along nor brings it. Case, and dots or spaces at the end, don't matter, as on macOS and Windows.
 */
export function runsByItself(part: string): boolean {
  const name = part.toLowerCase().replace(/[. ]+$/u, '');
  return RUN_BY_THEMSELVES.has(name) || /^git~\d+$/u.test(name);
}
