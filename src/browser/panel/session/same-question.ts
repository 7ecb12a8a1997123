/** Case and spaces are how it was typed, not what was asked. */
export function isSameQuestion(one: string, other: string): boolean {
  const plain = (text: string) => text.trim().replaceAll(/\s+/g, ' ').toLowerCase();
  return plain(one) === plain(other);
}
