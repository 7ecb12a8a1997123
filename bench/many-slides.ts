/** A deck of as many slides as wanted, each with a list, a link, coloured code and notes. */
export function manySlides(count: number): string {
  const slide = (i: number) =>
    `## ${i === 0 ? 'First' : `Slide ${i}`}\n\n- one *${i}*\n- two\n- [three](https://example.org/${i})\n\n` +
    `\`\`\`python\ndef f${i}(x):\n    return x + ${i}\n\`\`\`\n\n::: notes\nSay ${i}.\n:::\n`;
  return Array.from({ length: count }, (_, i) => slide(i)).join('\n');
}
