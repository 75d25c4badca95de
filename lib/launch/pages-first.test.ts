import { EventEmitter } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { afterPages, pageBegins } from "./pages-first";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function page() {
  const response = new EventEmitter();
  pageBegins(response);
  return { end: () => response.emit("close") };
}

function calls(count: number) {
  const ran: number[] = [];
  for (let nth = 0; nth < count; nth += 1) afterPages(() => ran.push(nth));
  return ran;
}

test("a call runs at once where no page is being made", () => {
  expect(calls(2)).toEqual([0, 1]);
});

test("calls wait until the last page is over, and run once, in their order", () => {
  const [one, other] = [page(), page()];
  const ran = calls(3);
  one.end();
  expect(ran).toEqual([]);
  other.end();
  expect(ran).toEqual([0, 1, 2]);
  vi.advanceTimersByTime(1000);
  expect(ran).toEqual([0, 1, 2]);
});

test("a call waits 50 ms at most, however many pages come", () => {
  const opened = [page()];
  const ran = calls(1);
  for (let ms = 0; ms < 49; ms += 1) {
    vi.advanceTimersByTime(1);
    opened.push(page());
  }
  expect(ran).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(ran).toEqual([0]);
  for (const { end } of opened) end();
});

test("what takes longer than a page is not waited for", () => {
  const file = page();
  vi.advanceTimersByTime(100);
  expect(calls(1)).toEqual([0]);
  file.end();
  expect(calls(1)).toEqual([0]);
});
