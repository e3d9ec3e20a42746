package gatehouse.api.dialogue;

/** What a report is about. */
enum Category {
  NOISE,
  SUSPICIOUS,
  TRAFFIC,
  FIRE_SAFETY,
  FRAUD,
  OTHER
}
