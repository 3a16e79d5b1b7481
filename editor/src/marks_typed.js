// Lists as people here write them: the mark is typed and stays typed; the next one is counted on.
const NUMERALS = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
const chinese = (n) => {
  if (n <= 10) return NUMERALS[n];
  if (n < 20) return `十${NUMERALS[n - 10]}`;
  return n < 100 ? `${NUMERALS[Math.floor(n / 10)]}十${NUMERALS[n % 10]}` : String(n);
};
const COUNTED = Object.fromEntries(Array.from({ length: 99 }, (_, at) => [chinese(at + 1), at + 1]));
const MARK = /^([（(]?)(\d{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z]|[\u2460-\u2473])([）)]|[.．、])?([ \t\u00a0\u3000]*)/;
const BULLET = /^([-*+•·▪●○■□◆–—])([ \t\u00a0\u3000]*)/;

// The mark a line begins with, its blank included; "" where it has none.
export const markOf = (text) => {
  const bullet = BULLET.exec(text);
  if (bullet && (bullet[2] || /[•·▪●■◆]/.test(bullet[1]))) return bullet[0];
  const found = MARK.exec(text);
  if (!found) return "";
  const [whole, open, number, close] = found;
  return close || /[\u2460-\u2473]/.test(number) || (open && close) ? whole : "";
};

// The mark of the line below.
export const nextMark = (mark) => {
  const found = MARK.exec(mark);
  if (!found || BULLET.test(mark)) return mark;
  const [, open, number, close = "", gap] = found;
  let next = number;
  if (/^\d/.test(number)) next = String(Number(number) + 1);
  else if (number in COUNTED) next = chinese(COUNTED[number] + 1);
  else if (/^[a-yA-Y]$/.test(number)) next = String.fromCharCode(number.charCodeAt(0) + 1);
  else if (/^[\u2460-\u2472]$/.test(number)) next = String.fromCharCode(number.charCodeAt(0) + 1);
  return `${open}${next}${close}${gap}`;
};

export const BULLETS = "• ";
export const FIRST_NUMBER = "1. ";
