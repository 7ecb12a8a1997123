/** Words whose dot ends no sentence: the space behind them holds. As in pandoc's list. */
const ABBREVIATIONS = new Set(
  (
    'Mr. Mrs. Ms. Dr. Prof. Capt. Gen. Gov. Sgt. St. vol. vs. Sen. Rep. Pres. Hon. Rev. Ph.D. M.D. M.A. pp. ch. chap. ' +
    'sec. cf. cp. e.g. i.e. Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sep. Sept. Oct. Nov. Dec. No. fig. al. Inc. Ltd. Co. ' +
    'Jr. Sr. ed. eds. viz. ff. Bros. nn. esp. pt. c. d. f. n. p. n.b. Corp. bk. col. s.v. univ. Fr.'
  ).split(' '),
);

export function isAbbreviation(word: string): boolean {
  return ABBREVIATIONS.has(word);
}
