// The one year in which everything happens: 365 days, each with its weekday, weather, wind and tides.
// It is fixed, so that two documents about the same day agree about its weather.

import { Random } from "../../../lib/random.ts";
import { clockWords } from "../language/english.ts";

/** A quarter of the year; December belongs to winter. */
export type Season = "winter" | "spring" | "summer" | "autumn";
/** What a day is remembered for. */
export type Weather = "fair" | "rain" | "fog" | "wind" | "storm" | "frost" | "snow" | "cloud";

/** One day of the year. */
export interface Day {
  /** 0 for 1 January to 364 for 31 December. */
  readonly index: number;
  readonly weekday: string;
  readonly month: string;
  readonly monthNumber: number;
  readonly dayOfMonth: number;
  /** "4 March". */
  readonly date: string;
  readonly season: Season;
  readonly weather: Weather;
  readonly windFrom: string;
  /** The first high water of the day, in words. */
  readonly highWater: string;
  /** The first low water of the day, in words. */
  readonly lowWater: string;
  readonly moon: string;
}

/** The months' names, January first. */
export const MONTHS: readonly string[] = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** The days of the week, Monday first. */
export const WEEKDAYS: readonly string[] = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
];
const WINDS = ["north", "north-east", "east", "south-east", "south", "south-west", "west"];
const MOONS = ["new", "a thin crescent", "a half moon", "nearly full", "full", "waning", "old"];

/** What the sky does in each season; a kind that comes oftener stands oftener. */
const SKIES: Record<Season, readonly Weather[]> = {
  winter: ["frost", "frost", "snow", "rain", "storm", "wind", "cloud", "fair", "fog"],
  spring: ["fair", "fair", "rain", "rain", "wind", "cloud", "fog", "fair"],
  summer: ["fair", "fair", "fair", "fair", "cloud", "fog", "rain", "wind"],
  autumn: ["rain", "rain", "wind", "fog", "storm", "cloud", "fair", "fair"],
};

/** Minutes from one high water to the next, and by how much the tide is later each day. */
const HALF_TIDE = 372;
const LATER_EACH_DAY = 50;

/** Builds the year. */
export function buildCalendar(): readonly Day[] {
  const random = new Random(1, "weather of Merrowick");
  const days: Day[] = [];
  let weather: Weather = "frost";
  let season: Season = "winter";
  for (let month = 0; month < 12; month++) {
    for (let dayOfMonth = 1; dayOfMonth <= LENGTHS[month]; dayOfMonth++) {
      const index = days.length;
      const now = seasonOf(month);
      // Weather lasts: most days are like the day before, unless the season has turned.
      if (now !== season || random.uniform() > 0.35) weather = random.pick(SKIES[now]);
      season = now;
      const high = (5 * 60 + index * LATER_EACH_DAY) % (2 * HALF_TIDE);
      const low = (high + HALF_TIDE) % (2 * HALF_TIDE);
      days.push({
        index,
        weekday: WEEKDAYS[index % 7],
        month: MONTHS[month],
        monthNumber: month + 1,
        dayOfMonth,
        date: `${dayOfMonth} ${MONTHS[month]}`,
        season,
        weather,
        windFrom: random.pick(WINDS),
        highWater: clockWords(high),
        lowWater: clockWords(low),
        moon: MOONS[Math.floor((index % 28) / 4)],
      });
    }
  }
  return days;
}

function seasonOf(month: number): Season {
  if (month === 11 || month < 2) return "winter";
  if (month < 5) return "spring";
  return month < 8 ? "summer" : "autumn";
}
