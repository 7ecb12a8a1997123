/**
 * Slides of our fixtures that are not equal to pandoc's, by `fixture#slide`, and why. The test fails when one of them
 * becomes equal, and when any other differs.
 */
export const KNOWN_DIFFERENCES: Readonly<Record<string, string>> = {
  '052-handle-and-other#set-up':
    'Speaker notes that hold a heading split the slide. pandoc leaves the sections inside the notes inside the step; we lift notes out of steps.',
  '052-handle-and-other#thanks': 'The same: it follows in the same notes.',
  '201-marks#set-up':
    'With an example list (@x) in the deck pandoc turns me@x.y into me2.y; we leave an address as it is.',
  '450-comment-over-items#a':
    'A comment that spans list items stays a comment; pandoc shows its marks and makes items of its lines.',
  '451-grid-all-aligned#a':
    'A grid table with colons in every frame is a table; pandoc shows its lines as text.',
  '452-code-in-subscript#a': 'Code in a subscript with a backslash stays code.',
  '453-div-in-author#title-slide': 'A div in an author keeps its style.',
  '454-embed-by-query#a': 'A picture whose address ends like a document only in its query is a picture.',
  '456-math-in-video-link#a': 'A formula in the text of a video is set.',
  '470-escaped-box#a': 'A box that the author escaped, \\[x\\], stays text; pandoc makes a task of it.',
  '471-title-of-one-word#title-slide':
    'A title on, off, yes or no is that word; pandoc shows true, or nothing.',
};
