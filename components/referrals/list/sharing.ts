/** How a campaign's codes are shared. */
export interface Sharing {
  /** How links of codes look; empty where there are none. */
  linkPattern: string;
  /** Whether there is a text that advocates are sent. */
  hasText: boolean;
}
