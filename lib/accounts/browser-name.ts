const browsers: [RegExp, string][] = [
  [/\bEdg\w*\//, "Edge"],
  [/\bOP[RT]\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/(Chrom(e|ium)|\bCriOS)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const systems: [RegExp, string][] = [
  [/\bWindows\b/, "Windows"],
  [/\b(iPhone|iPad)\b/, "iOS"],
  [/\bAndroid\b/, "Android"],
  [/\bMac OS X\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

const found = (names: [RegExp, string][], text: string) => names.find(([sign]) => sign.test(text))?.[1];

/** What people call a browser that names itself so: "Firefox on Windows". */
export function browserName(agent: string | null): string {
  const browser = found(browsers, agent ?? "");
  const system = found(systems, agent ?? "");
  return `${browser ?? "A browser"}${system ? ` on ${system}` : ""}`;
}
