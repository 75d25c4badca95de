import { expect, test } from "vitest";
import { browserName } from "./browser-name";

const ios = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const android = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)";
const windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)";

test.each([
  [`${ios} Version/18.5 Mobile/15E148 Safari/604.1`, "Safari on iOS"],
  [`${ios} CriOS/138.0.7204.119 Mobile/15E148 Safari/604.1`, "Chrome on iOS"],
  [`${ios} FxiOS/140.0 Mobile/15E148 Safari/605.1.15`, "Firefox on iOS"],
  [`${ios} Version/18.0 EdgiOS/138.0.3351.65 Mobile/15E148 Safari/604.1`, "Edge on iOS"],
  [`${ios} Version/18.5 Mobile/15E148 Safari/604.1 OPT/5.5.0`, "Opera on iOS"],
  [`${android} Chrome/138.0.0.0 Mobile Safari/537.36`, "Chrome on Android"],
  [`${android} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`, "Samsung Internet on Android"],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
  [`${windows} Chrome/138.0.0.0 Safari/537.36`, "Chrome on Windows"],
  [`${windows} Chrome/138.0.0.0 Safari/537.36 OPR/120.0.0.0`, "Opera on Windows"],
  ["curl/8.5.0", "A browser"],
  [null, "A browser"],
])("%s is called %s", (agent, name) => {
  expect(browserName(agent)).toBe(name);
});
