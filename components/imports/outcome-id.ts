/** The id of the box that says where a file stands; it gets the focus when that changes. */
export const outcomeId = "outcome";
